"""The parts of the pages: their style, their scripts, and the outline of the world.

The scripts are modules of ECMAScript, read as they are by a server, or put into one file by
`passex.exports.html`.
"""
