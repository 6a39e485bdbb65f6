/**
 * New keys of a meter: the methods key_transfer and key_agreement of class 64, Security setup. What
 * a request brings counts from the answer on that says success; the key itself is never shown.
 */
import type { FrameContext, KeyRole, LearntKey } from "../../core/context.js";
import { defineDiagnostics } from "../../core/diagnostics.js";
import { agreeKey, publicKeyOf } from "../../security/key-agreement.js";
import type { KeySet } from "../../security/key-set.js";
import { unwrapKey } from "../../security/key-wrap.js";
import { equalInConstantTime } from "../../security/noble-primitives.js";
import { setsOfMeter } from "../../security/party-keys.js";
import { masterKeysOf } from "../../security/wrapped-key.js";
import type { Data } from "../../xdlms/data.js";
import type { AnsweredRequest } from "../answered-request.js";
import type { FindingSink, ObservedFrame } from "../observed-frame.js";
import { isOpened, keyOfLabel } from "./frame-protection.js";
import type { MeterMemory } from "./meter-memory.js";
import { invocationsIn, mayCarryMethods, outcomesIn } from "./method-invocations.js";

const D = defineDiagnostics("security", {
  "key-learnt": {
    severity: "info",
    group: "security",
    message: "The meter has a new key",
    check: "Give the new key for captures that begin after this one",
  },
  "key-transferred": {
    severity: "info",
    group: "security",
    message: "The request brings a new key, wrapped with the master key",
    check: "It counts when the meter answers success",
  },
  "key-transfer-without-master-key": {
    severity: "note",
    group: "security",
    message: "The new key cannot be unwrapped, because the master key is not known",
    check: "Give the master key of the meter",
  },
  "key-transfer-integrity": {
    severity: "warning",
    group: "security",
    message: "The new key cannot be unwrapped: its integrity check fails",
    clause: "RFC 3394, 2.2.3 Key Data Integrity",
    check: "Is the master key that of this meter, and was it changed before?",
  },
  "key-agreement-not-followed": {
    severity: "note",
    group: "security",
    message: "Client and meter have agreed on a new key that the trace alone does not disclose",
    check: "Give the ephemeral private key of one side with the agreement keys, or the new key",
  },
  "key-change-without-effect": {
    severity: "warning",
    group: "security",
    message: "The meter has answered success to a new key and still uses the old one",
    check: "Some meters use a new key only in the next association; otherwise the change was lost",
  },
});

const securitySetup = 64;
const keyTransferMethod = 2;
const keyAgreementMethod = 3;
const roles: Readonly<Record<number, KeyRole>> = {
  0: "global-unicast",
  1: "global-broadcast",
  2: "authentication",
  3: "master",
};

/** One element of the parameters of both methods. */
interface KeyItem {
  readonly role: KeyRole;
  readonly data: Uint8Array;
}

/** Follows the keys of one conversation's meter. */
export class KeyTransfers {
  /** A new global unicast key that nothing has been seen under yet. */
  #awaited: { readonly learnt: LearntKey; readonly answer: number } | undefined;

  /** Takes note of what the frame says of keys; what is learnt goes into `memory`. */
  observe(
    frame: ObservedFrame,
    answered: AnsweredRequest | undefined,
    memory: MeterMemory,
    sink: FindingSink,
  ): void {
    this.#watchEffect(frame, sink);
    if (!mayCarryMethods(frame.apdu)) return;
    reportRequest(frame, memory, sink);
    if (answered === undefined) return;
    const outcomes = outcomesIn(frame.apdu);
    if (outcomes.length === 0) return;
    const brought = (key: OpenedKey, { role }: KeyItem) => {
      this.#learn({ ...key, role, frame: answered.frame }, frame, memory, sink);
    };
    const invocations = invocationsIn(answered.apdu, answered.objects);
    for (const [index, { classId, methodId, parameters }] of invocations.entries()) {
      const outcome = outcomes[index];
      if (classId !== securitySetup || outcome?.success !== true) continue;
      const items = keyItemsIn(parameters);
      if (methodId === keyTransferMethod) {
        for (const item of items) {
          const opened = unwrap(item, frame.context, memory);
          if ("value" in opened) brought(opened, item);
        }
      } else if (methodId === keyAgreementMethod) {
        const answers = keyItemsIn(outcome.data);
        for (const item of items) {
          const answer = answers.find(({ role }) => role === item.role);
          const agreed = agree(item, answer, frame.context);
          if (agreed !== undefined) brought(agreed, item);
          else sink.report(D["key-agreement-not-followed"], item.role);
        }
      }
    }
  }

  #learn(learnt: LearntKey, frame: ObservedFrame, memory: MeterMemory, sink: FindingSink): void {
    // An answer that comes twice teaches nothing more.
    if (memory.learntKeys.some((known) => isSame(known, learnt))) return;
    memory.learnKey(learnt);
    sink.report(D["key-learnt"], `${learnt.role}, brought by frame ${learnt.frame}`);
    if (learnt.role !== "global-unicast") return;
    // A key set that holds the new key already opens what comes with it: nothing would show.
    const given = frame.context.keySets.some(
      ({ globalUnicastEncryptionKey: key }) =>
        key !== undefined && equalInConstantTime(key, learnt.value),
    );
    this.#awaited = given ? undefined : { learnt, answer: frame.number };
  }

  /** What the meter sends after its answer should be under the new key. */
  #watchEffect(frame: ObservedFrame, sink: FindingSink): void {
    const awaited = this.#awaited;
    const { ciphering } = frame;
    if (awaited === undefined || ciphering === undefined || !isOpened(ciphering)) return;
    const key = keyOfLabel(ciphering.key ?? "");
    if (key?.role !== "global-unicast" || frame.number <= awaited.answer) return;
    // Only the meter's own frames tell which key it uses.
    if (frame.direction !== "server-to-client") return;
    this.#awaited = undefined;
    if (key.learntIn === awaited.learnt.frame) return;
    const detail = `the key of frame ${awaited.learnt.frame} was taken in frame ${awaited.answer}`;
    sink.report(D["key-change-without-effect"], detail);
  }
}

function isSame(known: LearntKey, learnt: LearntKey): boolean {
  return (
    known.frame === learnt.frame &&
    known.role === learnt.role &&
    equalInConstantTime(known.value, learnt.value)
  );
}

/** Says of a request for key_transfer what can be made of it. */
function reportRequest(frame: ObservedFrame, memory: MeterMemory, sink: FindingSink): void {
  for (const { classId, methodId, parameters } of invocationsIn(frame.apdu)) {
    if (classId !== securitySetup || methodId !== keyTransferMethod) continue;
    for (const item of keyItemsIn(parameters)) {
      const opened = unwrap(item, frame.context, memory);
      if ("value" in opened) sink.report(D["key-transferred"], item.role);
      else if (opened.tried.length === 0) {
        sink.report(D["key-transfer-without-master-key"], item.role);
      } else {
        const tried = opened.tried.join(", ");
        sink.report(D["key-transfer-integrity"], `${item.role}, tried ${tried}`);
      }
    }
  }
}

/** Array of structures { enum key-id, octet-string }; elements of another form are passed over. */
function keyItemsIn(parameters: Data | undefined): KeyItem[] {
  if (parameters?.type !== "array") return [];
  return parameters.value.flatMap((element) => {
    if (element.type !== "structure") return [];
    const [id, data] = element.value;
    const role = id?.type === "enum" ? roles[id.value] : undefined;
    return role === undefined || data?.type !== "octet-string" ? [] : [{ role, data: data.value }];
  });
}

interface OpenedKey {
  readonly value: Uint8Array;
  readonly by: string | undefined;
}

/** No master key fits: the labels of those that were tried. */
interface Unopened {
  readonly tried: readonly string[];
}

/** The key under the master key that fits: one of the key sets, or one that the trace has brought. */
function unwrap(
  { data }: KeyItem,
  { keySets, association }: FrameContext,
  memory: MeterMemory,
): OpenedKey | Unopened {
  const { learntKeys } = memory;
  const masters = masterKeysOf({ keySets, association: { ...association, learntKeys } }, []);
  for (const { key, set } of masters) {
    const value = unwrapKey(key, data);
    if (value === undefined) continue;
    const learnt = learntKeys.find((known) => equalInConstantTime(known.value, key));
    return { value, by: set === undefined ? learnt?.by : set.name };
  }
  return { tried: masters.map(({ label }) => label) };
}

/**
 * The key that both ephemeral keys come to, where the key sets hold the private one of a side. Each
 * side sends its public key and then its signature, which is as long.
 */
function agree(
  { role, data }: KeyItem,
  answer: KeyItem | undefined,
  context: FrameContext,
): OpenedKey | undefined {
  const { clientSystemTitle, serverSystemTitle } = context.association;
  const suite = data.length === 128 ? 1 : data.length === 192 ? 2 : undefined;
  if (suite === undefined || answer?.data.length !== data.length) return undefined;
  const [ofClient, ofServer] = [data, answer.data].map((each) => each.subarray(0, each.length / 2));
  if (ofClient === undefined || ofServer === undefined) return undefined;
  const sides = [
    {
      own: ofClient,
      other: ofServer,
      privateKeyOf: (set: KeySet) => set.agreementPrivateKeys?.client,
    },
    {
      own: ofServer,
      other: ofClient,
      privateKeyOf: (set: KeySet) => set.agreementPrivateKeys?.server,
    },
  ];
  for (const set of setsOfMeter(context, [])) {
    const partyU = clientSystemTitle?.value ?? set.clientSystemTitle;
    const partyV = serverSystemTitle?.value ?? set.systemTitle;
    if (partyU === undefined || partyV === undefined) continue;
    for (const { own, other, privateKeyOf } of sides) {
      const privateKey = privateKeyOf(set);
      if (privateKey === undefined) continue;
      const publicKey = publicKeyOf(suite, privateKey);
      // Only the private key of this very agreement will do: ephemeral keys are used once.
      if (publicKey === undefined || !equalInConstantTime(publicKey, own)) continue;
      const value = agreeKey({
        scheme: "ephemeral-unified",
        suite,
        use: role === "master" ? "wrapping" : "ciphering",
        privateKey,
        publicKey: other,
        partyU,
        partyV,
        transactionId: new Uint8Array(0),
      });
      if (value !== undefined) return { value, by: set.name };
    }
  }
  return undefined;
}
