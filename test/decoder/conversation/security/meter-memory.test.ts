import { describe, expect, it } from "vitest";
import {
  MeterMemories,
  MeterMemory,
} from "../../../../decoder/conversation/security/meter-memory.js";
import type { LearntCertificate, LearntKey } from "../../../../decoder/core/context.js";
import { greenBook, hex } from "../../security/cipher-builder.js";
import { gloGetRequest, gloGetResponse, SecurityTrace } from "./security-trace.js";

const key = (frame: number): LearntKey => ({
  value: new Uint8Array(16).fill(frame),
  frame,
  role: "global-unicast",
  by: undefined,
});
const certificate = (frame: number, first: number): LearntCertificate => ({
  use: "signing",
  systemTitle: greenBook.serverTitle,
  value: new Uint8Array(64).fill(first),
  frame,
});

describe("the memory of a meter", () => {
  it("is one for each system title", () => {
    const memories = new MeterMemories();
    const memory = memories.of(greenBook.serverTitle);
    expect(memories.of(greenBook.serverTitle.slice())).toBe(memory);
    expect(memories.of(greenBook.clientTitle)).not.toBe(memory);
  });

  it("keeps keys, the newest first, in arrays that never change", () => {
    const memory = new MeterMemory();
    const before = memory.learntKeys;
    expect(memory.learntKeys).toBe(before);
    memory.learnKey(key(1));
    memory.learnKey(key(2));
    expect(before).toEqual([]);
    expect(memory.learntKeys.map(({ frame }) => frame)).toEqual([2, 1]);
  });

  it("keeps a public key once", () => {
    const memory = new MeterMemory();
    memory.learnCertificate(certificate(1, 7));
    const once = memory.certificates;
    memory.learnCertificate(certificate(2, 7));
    expect(memory.certificates).toBe(once);
    memory.learnCertificate(certificate(3, 8));
    memory.learnCertificate({ ...certificate(4, 7), use: "agreement" });
    expect(memory.certificates.map(({ frame }) => frame)).toEqual([4, 3, 1]);
  });

  it("is bounded", () => {
    const memory = new MeterMemory();
    for (let i = 1; i <= 200; i++) {
      memory.learnKey(key(i));
      memory.learnCertificate(certificate(i, i));
      memory.meetTitle(Uint8Array.of(0x4d, 0x4d, 0x4d, 0, 0, 0, 0, i));
    }
    expect(memory.learntKeys).toHaveLength(64);
    expect(memory.learntKeys[0]?.frame).toBe(200);
    expect(memory.certificates).toHaveLength(64);
    expect(memory.titles).toHaveLength(64);
  });

  it("takes over what was learnt before the meter was known", () => {
    const unnamed = new MeterMemory();
    unnamed.learnKey(key(1));
    unnamed.learnKey(key(2));
    unnamed.learnCertificate(certificate(3, 7));
    unnamed.meetTitle(greenBook.clientTitle);
    const memory = new MeterMemory();
    memory.adopt(unnamed);
    expect(memory.learntKeys).toEqual(unnamed.learntKeys);
    expect(memory.certificates).toEqual(unnamed.certificates);
    expect(memory.titles).toEqual(unnamed.titles);
  });

  it("knows the highest counter of each sender and key, and who has sent", () => {
    const memories = new MeterMemories();
    const trace = new SecurityTrace(undefined, memories);
    trace.client(gloGetRequest(9));
    trace.client(gloGetRequest(4));
    trace.server(gloGetResponse(2));
    const memory = memories.of(greenBook.serverTitle);
    expect(memory.highestCounter(greenBook.clientTitle, "meter 1 global-unicast")).toBe(9);
    expect(memory.highestCounter(greenBook.serverTitle, "meter 1 global-unicast")).toBe(2);
    expect(memory.highestCounter(greenBook.serverTitle, "meter 1 dedicated")).toBeUndefined();
    expect(
      memory.highestCounter(hex("4142430000000001"), "meter 1 global-unicast"),
    ).toBeUndefined();
    expect(memory.titles).toEqual([greenBook.serverTitle, greenBook.clientTitle]);
  });

  it("finds its meter when the meter's first ciphered frame names it", () => {
    const memories = new MeterMemories();
    const set = {
      name: "meter 1",
      systemTitle: greenBook.serverTitle,
      clientSystemTitle: greenBook.clientTitle,
      globalUnicastEncryptionKey: greenBook.encryptionKey,
      authenticationKey: greenBook.authenticationKey,
    };
    const trace = new SecurityTrace([set], memories);
    trace.association = {
      ...trace.association,
      clientSystemTitle: undefined,
      serverSystemTitle: undefined,
    };
    trace.client(gloGetRequest(9));
    trace.server(gloGetResponse(2));
    const memory = memories.of(greenBook.serverTitle);
    expect(memory.highestCounter(greenBook.clientTitle, "meter 1 global-unicast")).toBe(9);
    expect(memory.highestCounter(greenBook.serverTitle, "meter 1 global-unicast")).toBe(2);
  });
});
