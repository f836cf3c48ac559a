"""Connects once with asyncio: asyncio_client.py HOST PORT [TIMEOUT_MS], or asyncio_client.py --version.

Exit status: 0 connected, 1 not, 2 wrong usage.
"""

import asyncio
import platform
import sys


async def connect(host, port, timeout):
    async with asyncio.timeout(timeout):
        # The delay is the one of RFC 8305; without it asyncio does not race at all.
        _, writer = await asyncio.open_connection(host, port, happy_eyeballs_delay=0.25)
    address = writer.get_extra_info("peername")[0]
    writer.close()
    return address


def main(arguments):
    if arguments == ["--version"]:
        print(platform.python_version())
        return 0
    if not 2 <= len(arguments) <= 3:
        print("usage: asyncio_client.py HOST PORT [TIMEOUT_MS] | asyncio_client.py --version", file=sys.stderr)
        return 2
    timeout = int(arguments[2]) / 1000 if len(arguments) == 3 else None
    try:
        address = asyncio.run(connect(arguments[0], int(arguments[1]), timeout))
    except OSError as failure:
        message = str(failure).replace("\n", " ")
        print(f"failed: {type(failure).__name__}: {message}", file=sys.stderr)
        return 1
    print("connected", address)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
