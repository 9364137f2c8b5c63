"""The server's pages: HTML that needs no JavaScript, and the page with the SPARQL editor.

A page is made of a value, such as an answer, where that value was computed: in a worker.
"""
