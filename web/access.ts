/** Who may use the server: its own pages, under the names that it is known by. */
import { randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { hostname } from "node:os";

export interface Refusal {
  readonly status: 401 | 403;
  /** For people. */
  readonly reason: string;
}

/** The port is left out: a tunnel may lead here from any other one. */
const hostHeader = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/i;
const addressName = /^(\d{1,3}(\.\d{1,3}){3}|\[[0-9a-f:.]+\])$/;

/**
 * Three gates. A page of another site is kept out by the name that it calls the server by (its own
 * name may lead here: DNS rebinding), by its `Origin`, and by what the browser says of a request that
 * has none. Where others than this machine can reach the server, the session cookie is needed too,
 * which is given once for the token of the printed address.
 */
export class Access {
  readonly #isOwnName: (name: string) => boolean;
  readonly #isOpen: boolean;
  readonly #cookie: string;
  readonly #session = randomBytes(24).toString("base64url");
  #token: string | null;

  /** `host`: as the user gave it; `bound`: where the server listens, which is what counts. */
  constructor(host: string, bound: AddressInfo) {
    this.#isOpen = isLoopback(bound.address);
    this.#isOwnName = namesOf(host, bound.address);
    // Cookies are the same for all ports of a machine.
    this.#cookie = `obiscope-${bound.port}`;
    this.#token = this.#isOpen ? null : randomBytes(24).toString("base64url");
  }

  /** For the printed address; null where none is needed, or it has been used. */
  get token(): string | null {
    return this.#token;
  }

  /** Whether a request comes from a page of another site, or could. `path`: what is asked for. */
  refuseForeign(headers: IncomingHttpHeaders, path: string): Refusal | null {
    const { host = "", origin } = headers;
    const name = hostHeader.exec(host)?.[1];
    if (name === undefined || !this.#isOwnName(name.toLowerCase())) {
      return refusal(403, "This server is not known by that name. Open the printed address.");
    }
    const isOwnOrigin = origin === undefined || origin === `http://${host.toLowerCase()}`;
    if (!isOwnOrigin || !isOwnSite(headers, path)) {
      return refusal(403, "Pages of other sites may not use this server.");
    }
    return null;
  }

  /** Whether the session is missing that others than this machine need. */
  refuseStranger({ cookie = "" }: IncomingHttpHeaders): Refusal | null {
    if (this.#isOpen) return null;
    const hasSession = cookie.split(/; */).some((pair) => {
      const at = pair.indexOf("=");
      return pair.slice(0, at) === this.#cookie && isSame(pair.slice(at + 1), this.#session);
    });
    if (hasSession) return null;
    return refusal(
      401,
      this.#token === null
        ? "The printed address was used already, in another browser. Start obiscope serve again."
        : "Open the address that obiscope serve has printed, with its token.",
    );
  }

  /** The cookie for whoever brings the token; null for anybody else, and for the second one. */
  redeem(given: string | null): string | null {
    if (this.#token === null || given === null || !isSame(given, this.#token)) return null;
    this.#token = null;
    return `${this.#cookie}=${this.#session}; HttpOnly; SameSite=Strict; Path=/`;
  }
}

function refusal(status: Refusal["status"], reason: string): Refusal {
  return { status, reason };
}

/** Whether an address is that of this machine alone. */
function isLoopback(address: string): boolean {
  return address === "::1" || /^(::ffff:)?127(\.\d{1,3}){3}$/.test(address);
}

export function isWildcard(address: string): boolean {
  return address === "0.0.0.0" || address === "::";
}

/** An address as it stands in a `Host` header, or in a link. */
export function asHost(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

/** Names that lead to the server. Anybody may have any name lead here, but not one of these. */
function namesOf(host: string, address: string): (name: string) => boolean {
  const own = [asHost(host), asHost(address)];
  if (isLoopback(address)) own.push("localhost", "127.0.0.1", "[::1]");
  if (isWildcard(address)) own.push("localhost", hostname(), `${hostname()}.local`);
  const known = new Set(own.map((name) => name.toLowerCase()));
  return (name) => known.has(name) || (isWildcard(address) && addressName.test(name));
}

/** What browsers say by themselves of where a request comes from. A link from elsewhere is fine. */
function isOwnSite(headers: IncomingHttpHeaders, path: string): boolean {
  const site = headers["sec-fetch-site"];
  if (site === undefined || site === "same-origin" || site === "none") return true;
  return path === "/" && headers["sec-fetch-mode"] === "navigate";
}

function isSame(a: string, b: string): boolean {
  const [first, second] = [Buffer.from(a), Buffer.from(b)];
  return first.length === second.length && timingSafeEqual(first, second);
}
