"""An object store on loopback: as much of S3 as reads of a folder of this machine take.

Protocol: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html, and GetObject.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

_DAY = "2030-01-01T00:00:00.000Z"


@contextmanager
def object_store(bucket: Path) -> Iterator[dict[str, str]]:
    """Serve a folder as a bucket of its name.

    Yields:
        What a client has in its environment.
    """

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            pass

        def do_HEAD(self) -> None:
            self.do_GET()

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            name, _, key = unquote(parts.path).lstrip("/").partition("/")
            if name != bucket.name:
                self._reply(404, b"<Error><Code>NoSuchBucket</Code></Error>")
            elif not key:
                self._reply(200, _listing(bucket, parse_qs(parts.query)))
            elif not (bucket / key).is_file():
                self._reply(404, b"<Error><Code>NoSuchKey</Code></Error>")
            else:
                self._send((bucket / key).read_bytes())

        def _send(self, content: bytes) -> None:
            span = re.fullmatch(r"bytes=(\d*)-(\d*)", self.headers.get("Range", ""))
            if span is None:
                self._reply(200, content)
                return
            first, last = int(span[1] or 0), int(span[2] or len(content) - 1)
            if not span[1]:
                first, last = max(0, len(content) - last), len(content) - 1
            said = f"bytes {first}-{min(last, len(content) - 1)}/{len(content)}"
            self._reply(206, content[first : last + 1], **{"Content-Range": said})

        def _reply(self, status: int, content: bytes, **headers: str) -> None:
            self.send_response(status)
            more = {"ETag": '"1"', "Last-Modified": "Tue, 01 Jan 2030 00:00:00 GMT"}
            for name, value in {**more, **headers, "Content-Length": str(len(content))}.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(content)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{server.server_port}",
            "AWS_ALLOW_HTTP": "true",
            "AWS_ACCESS_KEY_ID": "key",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_REGION": "us-east-1",
        }
    finally:
        server.shutdown()
        server.server_close()


def _listing(bucket: Path, asked: dict[str, list[str]]) -> bytes:
    """List keys that begin as asked for; what is behind a delimiter is one prefix."""
    prefix, sign = (asked.get(name, [""])[0] for name in ("prefix", "delimiter"))
    found, folders = [], set()
    for path in sorted(bucket.rglob("*")):
        key = path.relative_to(bucket).as_posix()
        if not path.is_file() or not key.startswith(prefix):
            continue
        within = key[len(prefix) :]
        if sign and sign in within:
            folders.add(prefix + within.partition(sign)[0] + sign)
            continue
        found.append(
            f"<Contents><Key>{escape(key)}</Key><LastModified>{_DAY}</LastModified>"
            f"<ETag>1</ETag><Size>{path.stat().st_size}</Size></Contents>"
        )
    found += [f"<CommonPrefixes><Prefix>{escape(f)}</Prefix></CommonPrefixes>" for f in folders]
    head = f"<Name>{bucket.name}</Name><IsTruncated>false</IsTruncated>"
    return f"<ListBucketResult>{head}{''.join(found)}</ListBucketResult>".encode()
