/** Who may use the server: its own pages, from the hosts that it was told to serve. */
import { randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

export type Refusal = { readonly status: 401 | 403; readonly reason: string };

const loopbackNames = ["localhost", "127.0.0.1", "[::1]"];
const cookieName = "obiscope";

export class Access {
  readonly #isLoopback: boolean;
  readonly #port: () => number;
  readonly #hosts: readonly string[];
  /** Given away once, in the printed address; null on loopback, where the machine's user is alone. */
  #token: string | null;
  readonly #session = randomBytes(24).toString("base64url");

  /** `host`: where the server listens. `port` is asked for when it is known. */
  constructor(host: string, port: () => number) {
    this.#isLoopback = isLoopback(host);
    this.#port = port;
    this.#hosts = this.#isLoopback ? loopbackNames : [host.includes(":") ? `[${host}]` : host];
    this.#token = this.#isLoopback ? null : randomBytes(24).toString("base64url");
  }

  get token(): string | null {
    return this.#token;
  }

  /** Whether a request comes from a page of this server; another site's page sends its own name. */
  refuse({ headers }: Pick<IncomingMessage, "headers">): Refusal | null {
    const { host, origin, cookie } = headers;
    if (!this.#isOwnHost(host))
      return { status: 403, reason: "This is not the name of this server." };
    if (origin !== undefined && origin !== `http://${host}`) {
      return { status: 403, reason: "Pages of other sites may not use this server." };
    }
    if (!this.#isLoopback && !this.#hasSession(cookie)) {
      return {
        status: 401,
        reason: "Open the address that Obiscope has printed; it can be used once.",
      };
    }
    return null;
  }

  /** The cookie for whoever brings the token of the printed address; null for anybody else. */
  redeem(given: string | null): string | null {
    if (this.#token === null || given === null || !isSame(given, this.#token)) return null;
    this.#token = null;
    return `${cookieName}=${this.#session}; HttpOnly; SameSite=Strict; Path=/`;
  }

  /** A name that leads here; another one is how a foreign site would make itself at home. */
  #isOwnHost(host: string | undefined): boolean {
    if (host === undefined) return false;
    const port = this.#port();
    // A server for all addresses is reached by any of them, but by no name.
    if (this.#hosts[0] === "0.0.0.0" || this.#hosts[0] === "[::]") {
      return new RegExp(`^(\\d+(\\.\\d+){3}|\\[[0-9a-f:]+\\]|localhost):${port}$`).test(host);
    }
    return this.#hosts.some((name) => host === `${name}:${port}`);
  }

  #hasSession(cookie: string | undefined): boolean {
    return (cookie ?? "").split("; ").some((one) => {
      const [name, value = ""] = one.split("=");
      return name === cookieName && isSame(value, this.#session);
    });
  }
}

export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}

function isSame(a: string, b: string): boolean {
  const [first, second] = [Buffer.from(a), Buffer.from(b)];
  return first.length === second.length && timingSafeEqual(first, second);
}
