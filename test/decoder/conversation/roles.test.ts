/** Who speaks to whom: echoes, logs taken at either end, assumptions, and addresses out of the rule. */
import { describe, expect, it } from "vitest";
import type { Frame, KeySet } from "../../../decoder/index.js";
import { toBytes } from "../dissect-bytes.js";
import { udpPacket } from "../link/packet/packet-builder.js";
import { general, greenBook } from "../security/cipher-builder.js";
import {
  codesAt,
  codesOf,
  decodeTrace,
  decodeWhole,
  down,
  generalBlock,
  getRequest,
  getResponse,
  HdlcConversation,
  inWrapper,
  type Message,
  numbered,
  setRequest,
  u16,
  up,
} from "./trace-frames.js";

const directions = (frames: readonly Frame[]) => frames.map(({ direction }) => direction);

/** A request and its answer. */
function exchange() {
  const link = new HdlcConversation();
  const [request, answer] = [
    ...link.send(up, getRequest()),
    ...link.send(down, getResponse(numbered(9))),
  ];
  if (request === undefined || answer === undefined) throw new Error("two frames were built");
  return { request, answer };
}

/** What one echo more or less must not change. */
const rules = ["link.", "service.", "security."];
const ruled = (frames: readonly Frame[]) =>
  frames.flatMap(codesOf).filter((code) => {
    return rules.some((rule) => code.startsWith(rule)) && code !== "service.capture-ends";
  });

describe("an echo of sent bytes", () => {
  const keySets: readonly KeySet[] = [
    {
      globalUnicastEncryptionKey: greenBook.encryptionKey,
      authenticationKey: greenBook.authenticationKey,
    },
  ];

  /** The trace with each message of the client repeated by `echo`. */
  const echoed = (messages: readonly Message[], echo: (message: Message) => Message) =>
    messages.flatMap((message) => (message.mark === up ? [message, echo(message)] : [message]));

  it("comes back with the mark turned, on a two-wire tap", () => {
    const { request, answer } = exchange();
    const sent = [
      { ...request, mark: up },
      { ...answer, mark: down },
    ];
    const frames = decodeTrace(echoed(sent, (message) => ({ ...message, mark: down })));
    expect(codesAt(frames, 2)).toContain("link.echo");
    expect(directions(frames)).toEqual([up, up, down]);
    expect(frames[2]?.answers?.frame).toBe(1);
    expect(frames[0]?.answeredBy).toBe(3);
    expect(ruled(frames)).toEqual(["link.echo"]);
  });

  it("follows at once where nothing is marked", () => {
    const { request, answer } = exchange();
    const frames = decodeTrace([
      { ...request, at: 10 },
      { ...request, at: 10.02 },
      { ...answer, at: 10.1 },
    ]);
    expect(codesAt(frames, 2)).toContain("link.echo");
    // The latency counts from what was sent, not from its echo.
    expect(frames[2]?.answers).toMatchObject({ frame: 1, latency: 100e6 });
  });

  it("is none where it comes after a time-out: the client tries again", () => {
    const { request, answer } = exchange();
    const frames = decodeTrace([
      { ...request, at: 10 },
      { ...request, at: 13 },
      { ...answer, at: 13.1 },
    ]);
    expect(frames.flatMap(codesOf)).not.toContain("link.echo");
    expect(codesAt(frames, 2)).toContain("link.retransmission");
  });

  it("is none where the server sends the same once more", () => {
    const { request, answer } = exchange();
    const frames = decodeTrace([
      { ...request, at: 10 },
      { ...answer, at: 10.1 },
      { ...answer, at: 10.15 },
    ]);
    expect(frames.flatMap(codesOf)).not.toContain("link.echo");
  });

  it("of segments is no part of the message", () => {
    const sent = setRequest(numbered(80));
    const messages = new HdlcConversation().send(up, sent, 30, 30).map((message) => ({
      ...message,
      mark: up,
    }));
    const frames = decodeTrace(echoed(messages, (message) => ({ ...message, mark: down })));
    expect(frames[4]?.apdu).toEqual(decodeWhole(sent, up).apdu);
    expect(frames[4]?.reassembly?.frames).toEqual([1, 3, 5]);
    expect(ruled(frames)).toEqual(Array(3).fill("link.echo"));
  });

  it("of a ciphered APDU is no replay", () => {
    const ciphered = general(0xdb, getRequest(), {
      control: 0x30,
      key: greenBook.encryptionKey,
      authenticationKey: greenBook.authenticationKey,
      title: greenBook.clientTitle,
      counter: 7,
    });
    const messages = new HdlcConversation().send(up, ciphered).map((message) => ({
      ...message,
      mark: up,
    }));
    const frames = decodeTrace(
      echoed(messages, (message) => ({ ...message, mark: down })),
      { keySets },
    );
    expect(frames.map(({ ciphering }) => ciphering?.status)).toEqual(["decrypted", "decrypted"]);
    expect(ruled(frames)).toEqual(["link.echo"]);
  });

  it("is looked for on its own line only", () => {
    const { request } = exchange();
    const frames = decodeTrace([
      { ...request, at: 10 },
      { ...request, at: 10.01, interface: 1 },
    ]);
    expect(frames.flatMap(codesOf)).not.toContain("link.echo");
    expect(frames.map(({ conversation }) => conversation)).toEqual([0, 1]);
  });
});

describe("marks of a log", () => {
  /** A block of any APDU: neither its tag nor the wPorts 51 and 61 say who sends it. */
  const { bytes } = inWrapper(
    up,
    generalBlock({ number: 1, last: false, raw: numbered(4) }, { streaming: true }),
    51,
    61,
  );
  const request = inWrapper(up, getRequest(), 50, 60);

  it("mean client to server at first", () => {
    expect(directions(decodeTrace([{ bytes, mark: up }]))).toEqual([up]);
    expect(directions(decodeTrace([{ bytes, mark: down }]))).toEqual([down]);
  });

  it("are turned once the content shows that the log was taken at the meter", () => {
    // The meter's log calls received what the client sent.
    const frames = decodeTrace([
      { bytes, mark: up },
      { ...request, mark: down },
      { bytes, mark: up },
      { bytes, mark: down },
    ]);
    expect(directions(frames)).toEqual([up, up, down, up]);
  });

  it("are turned for one line alone", () => {
    const frames = decodeTrace([
      { ...request, mark: down },
      { bytes, mark: up, interface: 1 },
    ]);
    expect(directions(frames)).toEqual([up, up]);
  });
});

describe("a direction that no byte tells", () => {
  const block = (number: number) =>
    generalBlock({ number, last: false, raw: numbered(4) }, { streaming: true });
  const assumed = (frames: readonly Frame[]) =>
    frames.flatMap(({ number, diagnostics }) =>
      diagnostics
        .filter(({ definition }) => definition.code === "conversation.direction-assumed")
        .map(({ message }) => `${number} ${message.split(": ")[1]}`),
    );
  const byAddress = "taken from the addresses that clients (16) and servers (1) usually have";

  it("is assumed from the addresses, which is said once a conversation", () => {
    const frames = decodeTrace([
      inWrapper(down, block(1)),
      inWrapper(down, block(2)),
      inWrapper(down, block(1), 16, 2),
    ]);
    expect(directions(frames)).toEqual([down, down, down]);
    expect(assumed(frames)).toEqual([`1 ${byAddress}`, `3 ${byAddress}`]);
  });

  it("is not assumed once a frame has shown it", () => {
    const frames = decodeTrace([
      inWrapper(up, getRequest(), 16, 1),
      inWrapper(down, block(1), 16, 1),
      // Numbers that tell nothing, and a request before.
      inWrapper(up, getRequest(), 50, 60),
      inWrapper(down, block(1), 50, 60),
    ]);
    expect(directions(frames)).toEqual([up, down, up, down]);
    expect(assumed(frames)).toEqual([]);
  });

  it("is assumed from port 4059 where the addresses tell nothing", () => {
    const ends = { source: "10.0.0.2", destination: "10.0.0.1" };
    const { bytes } = inWrapper(down, block(1), 50, 60);
    const frames = decodeTrace([
      {
        bytes: udpPacket({ ...ends, sourcePort: 4059, destinationPort: 40_000 }, bytes),
        linkType: 1,
      },
    ]);
    expect(directions(frames)).toEqual([down]);
    expect(assumed(frames)).toEqual(["1 the end with port 4059 is taken for the server"]);
    expect(frames[0]).toMatchObject({ client: 50, server: { upper: 60 } });
  });

  it("is turned by what the ciphering hides", () => {
    // A head-end that uses 1 for itself and 16 for the meter: the addresses say it the wrong way.
    const sealed = (plain: Uint8Array, counter: number) => {
      const { encryptionKey: key, authenticationKey, clientTitle, serverTitle } = greenBook;
      const title = counter === 1 ? clientTitle : serverTitle;
      return general(0xdb, plain, { control: 0x30, key, authenticationKey, title, counter });
    };
    const messages = [
      inWrapper(down, sealed(getRequest(), 1)),
      inWrapper(up, sealed(getResponse(numbered(9)), 2)),
    ];
    const keySets: readonly KeySet[] = [
      {
        globalUnicastEncryptionKey: greenBook.encryptionKey,
        authenticationKey: greenBook.authenticationKey,
      },
    ];
    expect(directions(decodeTrace(messages))).toEqual([down, up]);
    const frames = decodeTrace(messages, { keySets });
    expect(directions(frames)).toEqual([up, down]);
    expect(frames[0]).toMatchObject({ client: 1, server: { upper: 16 } });
    expect(assumed(frames)).toEqual([]);
    expect(frames[1]?.answers?.frame).toBe(1);
  });

  it("stays open where not even that helps", () => {
    const frames = decodeTrace([inWrapper(down, block(1), 50, 60)]);
    expect(directions(frames)).toEqual([null]);
    expect(frames[0]).toMatchObject({ client: null, server: null });
  });
});

describe("addresses of two bytes for a client", () => {
  /**
   * A Landis+Gyr E450 addresses its client as CE FF (upper 103, lower 127) and itself as 03 (upper 1):
   * esphome-libs/dlms_parser, tests/dumps/hdlc_landis_gyr_e450.log, corpus item
   * esphome-libs-dlms-parser-hdlc-0004. Sizes of addresses alone would turn the direction.
   */
  const segment = (information: string) => {
    const link = new HdlcConversation("ceff", "03");
    return link.frame(down, 0x13, toBytes(information));
  };

  it("do not turn what the LLC header has shown", () => {
    const [first, second] = [1, 2]
      .map((number) =>
        generalBlock({ number, last: number === 2, raw: numbered(20) }, { streaming: true }),
      )
      .map((apdu) => Buffer.from(apdu).toString("hex"));
    // The second block stands in its frame without an LLC header, as the meter sends it.
    const frames = decodeTrace([segment(`e6e700${first}`), segment(`${second}`)]);
    expect(frames.map(({ layers }) => layers.slice(0, 1))).toEqual([["hdlc"], ["hdlc"]]);
    for (const frame of frames) {
      expect(frame).toMatchObject({ direction: down, client: 103, server: { upper: 1 } });
    }
    expect(frames.map(({ conversation }) => conversation)).toEqual([0, 0]);
    expect(codesAt(frames, 2)).toContain("hdlc.no-llc");
    expect(frames[1]?.reassembly?.frames).toEqual([1, 2]);
  });

  it("tell the direction where nothing else does", () => {
    // Receive ready, N(R) 1: only the addresses are in it.
    const link = new HdlcConversation("21", "0223");
    const frames = decodeTrace([link.frame(up, 0x31), link.frame(down, 0x31)]);
    expect(directions(frames)).toEqual([up, down]);
  });
});

it("client and server of a wrapper PDU are its wPorts", () => {
  const frames = decodeTrace([inWrapper(up, getRequest(), 0x66, 0x0201)]);
  expect(frames[0]).toMatchObject({ client: 0x66, server: { upper: 0x0201 } });
  expect(frames[0]?.sources[0]?.bytes.subarray(2, 6)).toEqual(
    Uint8Array.of(...u16(0x66), ...u16(0x0201)),
  );
});
