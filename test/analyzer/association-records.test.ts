import { describe, expect, it } from "vitest";
import type { AssociationRecord } from "../../analyzer/association-records.js";
import { keySetFromOptions, summarizeFile } from "../../analyzer/index.js";
import { hdlcFrame, withLlc } from "../bench/messages.js";
import { corpusIsHere, readCorpusFile } from "../corpus/corpus.js";
import {
  aare,
  aarq,
  exception,
  get,
  getAnswer,
  initiateRequest,
  initiateResponse,
  rlre,
  rlrq,
} from "../decoder/conversation/association/association-frames.js";
import { type LogLine, message, onlyConversation, summarizeLog } from "./session-log.js";

async function associationsOf(lines: readonly LogLine[]): Promise<readonly AssociationRecord[]> {
  return onlyConversation(await summarizeLog(lines)).associations;
}

/** Client and server take turns, a tenth of a second apart. */
function takeTurns(...apdus: readonly (Uint8Array | string)[]): LogLine[] {
  return apdus.map((apdu, index) =>
    message(100 * index, index % 2 === 0 ? "client" : "server", apdu),
  );
}

describe("the associations of a conversation", () => {
  it("has what was asked for and agreed on, and the release", async () => {
    // Proposed 00 7e 1f, PDU size 0x04b0; negotiated 00 10 1d (block transfer with get, get, set,
    // selective access, action), PDU size 0x0200.
    const associations = await associationsOf(
      takeTurns(
        aarq({ initiate: initiateRequest("007e1f", "04b0") }),
        aare({ initiate: initiateResponse("00101d", "0200") }),
        get,
        getAnswer,
        rlrq,
        rlre,
      ),
    );
    expect(associations).toHaveLength(1);
    expect(associations[0]).toMatchObject({
      preEstablished: false,
      firstFrame: 1,
      requestFrame: 1,
      responseFrame: 2,
      repetitions: 0,
      context: "logical-name-referencing-no-ciphering",
      mechanism: undefined,
      result: "accepted",
      diagnostic: { source: "acse-service-user", reason: "null" },
      refusal: undefined,
      view: {
        state: "open",
        conformance: [
          "block-transfer-with-get-or-read",
          "get",
          "set",
          "selective-access",
          "action",
        ],
        clientMaxReceivePduSize: 1200,
        serverMaxReceivePduSize: 512,
      },
      end: { how: "released", frame: 6 },
    });
  });

  it("says why one was refused, and begins the next attempt anew", async () => {
    // rejected-permanent (1), authentication-failure (13).
    const low = { mechanism: 1, challenge: "3132333435363738" };
    const associations = await associationsOf(
      takeTurns(
        aarq(low),
        aare({ ...low, result: 1, diagnostic: 13, initiate: "" }),
        aarq(),
        aare(),
      ),
    );
    expect(associations).toHaveLength(2);
    expect(associations[0]).toMatchObject({
      mechanism: "low-level-security",
      result: "rejected-permanent",
      diagnostic: { source: "acse-service-user", reason: "authentication-failure" },
      refusal: { definition: { code: "association.refused-authentication" } },
      end: { how: "refused", frame: 2 },
    });
    expect(associations[1]).toMatchObject({ requestFrame: 3, responseFrame: 4, end: undefined });
  });

  it("takes an AARQ that is sent again for the same attempt", async () => {
    const associations = await associationsOf([
      message(0, "client", aarq()),
      message(5000, "client", aarq()),
      message(10_000, "client", aarq()),
      message(10_100, "server", aare()),
    ]);
    expect(associations).toHaveLength(1);
    expect(associations[0]).toMatchObject({
      firstFrame: 1,
      requestFrame: 3,
      responseFrame: 4,
      repetitions: 2,
    });
  });

  it("says that one was there before the capture", async () => {
    const associations = await associationsOf(takeTurns(get, getAnswer, get, getAnswer));
    expect(associations).toHaveLength(1);
    expect(associations[0]).toMatchObject({
      preEstablished: true,
      firstFrame: 1,
      requestFrame: undefined,
      end: undefined,
    });
  });

  it("ends one that the next AARQ replaces", async () => {
    const associations = await associationsOf(
      takeTurns(
        aarq(),
        aare(),
        get,
        getAnswer,
        aarq({ context: 3, title: hex("4d4d4d0000000001") }),
        aare(),
      ),
    );
    expect(associations.map(({ end }) => end)).toEqual([
      { how: "requested-anew", frame: 5 },
      undefined,
    ]);
  });

  it("shows an AARQ without an answer", async () => {
    const associations = await associationsOf(takeTurns(aarq()));
    expect(associations).toMatchObject([
      { responseFrame: undefined, result: undefined, view: { state: "requested" }, end: undefined },
    ]);
  });

  it("knows that the server refuses the client's proof", async () => {
    const hls = { mechanism: 5, challenge: "0011223344556677", title: hex("4d4d4d0000bc614e") };
    const answer = { ...hls, challenge: "8899aabbccddeeff", title: hex("4d4d4d0000000001") };
    // Pass 3: reply_to_HLS_authentication of 0.0.40.0.0.255 with 17 bytes of proof.
    const pass = `c30141 000f 0000280000ff 01 01 0911 ${"10".padEnd(34, "0")}`;
    const associations = await associationsOf(
      takeTurns(aarq(hls), aare({ ...answer, diagnostic: 14 }), pass, exception),
    );
    expect(associations).toMatchObject([
      {
        clientSystemTitle: hls.title,
        serverSystemTitle: answer.title,
        proofs: [{ frame: 3, prover: "client", verdict: "not-checked" }],
        end: { how: "proof-refused", frame: 4 },
      },
    ]);
  });

  it("ends with its link: by DISC, by DM, by a new link", async () => {
    const nothing = Buffer.alloc(0);
    const setUp = (at: number): LogLine[] => [
      [at, "client", hdlcFrame(true, 0x93, nothing)],
      [at + 100, "server", hdlcFrame(false, 0x73, nothing)],
      // I frames 0 and 0 with P and F; the server acknowledges the client's.
      [at + 200, "client", hdlcFrame(true, 0x10, withLlc(Buffer.from(aarq()), true))],
      [at + 300, "server", hdlcFrame(false, 0x30, withLlc(Buffer.from(aare()), false))],
    ];
    const associations = await associationsOf([
      ...setUp(0),
      ...setUp(1000),
      [2000, "client", hdlcFrame(true, 0x53, nothing)],
      [2100, "server", hdlcFrame(false, 0x73, nothing)],
      ...setUp(3000),
      // RR is answered by DM.
      [4000, "client", hdlcFrame(true, 0x31, nothing)],
      [4100, "server", hdlcFrame(false, 0x1f, nothing)],
    ]);
    expect(associations.map(({ end }) => end)).toEqual([
      { how: "link-set-up-anew", frame: 6 },
      { how: "disconnected", frame: 10 },
      { how: "link-lost", frame: 16 },
    ]);
  });
});

describe.skipIf(!corpusIsHere)("a session of the corpus with GMAC", () => {
  it("has both proofs judged", async () => {
    // Frames as the corpus has them; the key set is the published one that the corpus names, and
    // its cross-check verified all six tags of the session.
    const lines = new TextDecoder()
      .decode(readCorpusFile("sessions/gocosem-gmac-authenc.jsonl"))
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { readonly dir: string; readonly hex: string });
    const log = lines.map(({ dir, hex: bytes }) => `${dir === "C" ? "TX" : "RX"}: ${bytes}\n`);
    const keySets = [
      keySetFromOptions({
        guek: "000102030405060708090a0b0c0d0e0f",
        gak: "d0d1d2d3d4d5d6d7d8d9dadbdcdddedf",
      }),
    ];
    const source = (async function* () {
      yield Buffer.from(log.join(""));
    })();
    const { conversations, keys } = await summarizeFile(source, { keySets });
    expect(keys).toMatchObject({
      ciphered: 6,
      used: [{ key: "global-unicast", apdus: 6, authenticated: 6 }],
      missing: [],
    });
    const proofs = conversations.flatMap(({ associations }) =>
      associations.flatMap((association) => association.proofs),
    );
    expect(proofs).toMatchObject([
      { prover: "client", verdict: "verified" },
      { prover: "server", verdict: "verified" },
    ]);
  });
});

function hex(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, "hex"));
}
