"""What a client needs to know: where the target is, how to reach it, and how hard to press it."""

from __future__ import annotations

from dataclasses import dataclass, field

from neptun_conformance.exchange.address import Address

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """How to reach a target and how to behave towards it.

    Arguments:
        base_url: where the target is, with the path prefix that stands before every request target.
        run_id: names this run to the target's operators, in a header of every request.
        headers: what the target wants in every request, such as a staging system's pass.
        concurrency: how many exchanges may be under way at once.
        deadline: seconds that one attempt may take, from the dial to the last octet.
        run_deadline: seconds that all exchanges together may take, or None for no bound.
        max_body: octets of one body that are read, both as it travels and once decoded.
        rate: requests a second that are never exceeded, or None for as fast as it goes.
        max_requests: how many requests may be sent, or None for no bound.
        max_throttle: seconds to spend on waiting out 429 and 503 before one exchange is given up.
        ca_bundle: PEM file, or directory, with the authorities to trust instead of the system's.
        insecure: do not check the target's certificate.
        client_cert: PEM file with the certificate to show to the target.
        client_key: PEM file with its key, where the certificate's own file does not hold it.
        http: the version of HTTP: ``1.1``, ``2``, ``2-prior-knowledge`` (in plain text), or
            ``auto``, as TLS agrees on it.
        uds: path of a unix socket to connect to instead of the base URL's host and port.
    """

    base_url: str
    run_id: str
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    concurrency: int = 16
    deadline: float = 10.0
    run_deadline: float | None = None
    max_body: int = 32 * MEBIBYTE
    rate: float | None = None
    max_requests: int | None = None
    max_throttle: float = 60.0
    ca_bundle: str | None = None
    insecure: bool = False
    client_cert: str | None = None
    client_key: str | None = None
    http: str = "1.1"
    uds: str | None = None

    @property
    def name(self) -> str:
        """The host that is asked for: that of the ``Host`` among the headers, or of the base URL.

        A server is tested by its address with another name in this way; TLS asks for that name.
        """
        named = [value for name, value in self.headers if name.lower() == "host"]
        return Address.parse(f"http://{named[0]}" if named else self.base_url).host
