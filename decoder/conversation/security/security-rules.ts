/**
 * What the security of a conversation shows: counters, protection, titles, and the keys and
 * certificates that the trace brings. The rules themselves stand in the files beside this one.
 */
import type { AssociationResponse } from "../../acse/aare.js";
import { equalBytes } from "../../core/bytes.js";
import type { Learnt, LearntCertificate, LearntKey } from "../../core/context.js";
import type { DiagnosticDefinition } from "../../core/diagnostics.js";
import { systemTitleLength } from "../../security/system-title.js";
import type { AnsweredRequest } from "../answered-request.js";
import type { AssociationView } from "../association/association-view.js";
import type { FindingSink, ObservedFrame } from "../observed-frame.js";
import { AssociationSecurity } from "./association-security.js";
import { isOpened } from "./frame-protection.js";
import { KeyTransfers } from "./key-transfer.js";
import { type MeterMemories, MeterMemory } from "./meter-memory.js";
import { ProtectionRules } from "./protection-rules.js";
import { learnCertificates } from "./trace-certificates.js";

/** What a frame leaves behind. */
export interface SecurityOutcome {
  /** The invocation counter of the frame was used before, or is lower than it may be. */
  readonly replayed: boolean;
  /** All that is known of the meter after the frame: the same arrays where nothing is new. */
  readonly learntKeys: readonly LearntKey[];
  readonly certificates: readonly LearntCertificate[];
}

/** The security rules of one conversation; what they learn of its meter is shared by `memories`. */
export class SecurityRules {
  readonly #memories: MeterMemories;
  readonly #protection = new ProtectionRules();
  readonly #association = new AssociationSecurity();
  readonly #keys = new KeyTransfers();
  /** The meter's; one of its own while nothing says which meter it is. */
  #memory = new MeterMemory();
  #meter: Uint8Array | undefined;
  /** What the association said of the meter when it was met last. */
  #metBy: Learnt<Uint8Array> | undefined;

  constructor(memories: MeterMemories) {
    this.#memories = memories;
  }

  /**
   * Takes the next frame of the conversation, with the request that it answers. Damaged frames are
   * passed over: nothing that they say is sure. Never throws.
   */
  observe(
    frame: ObservedFrame,
    answered: AnsweredRequest | undefined,
    association: AssociationView,
    sink: FindingSink,
  ): SecurityOutcome {
    if (frame.damaged) return this.#outcome(false);
    this.#meet(frame);
    const memory = this.#memory;
    const ofApdu = new ApduFindings(sink);
    const replayed = memory.counters.observe(frame, association.requestFrame, ofApdu);
    this.#protection.observe(frame, answered, association, ofApdu);
    this.#association.observe(frame, answered, association, this.#protection.suite, ofApdu);
    this.#keys.observe(frame, answered, memory, ofApdu);
    learnCertificates(frame, answered, memory, ofApdu);
    return this.#outcome(replayed);
  }

  /** Finds the memory of the meter, as soon as a frame says which meter it is. */
  #meet(frame: ObservedFrame): void {
    const { serverSystemTitle } = frame.context.association;
    // The association keeps one and the same object as long as it learns no other title.
    const isSame = serverSystemTitle !== undefined && serverSystemTitle === this.#metBy;
    const mayNameAnother = frame.apdu?.name === "aare";
    if (!isSame || mayNameAnother) this.#findMemory(frame);
    this.#metBy = mayNameAnother ? undefined : serverSystemTitle;
    const { ciphering } = frame;
    if (ciphering === undefined || !isOpened(ciphering)) return;
    const sender = ciphering["system-title"];
    if (sender !== undefined) this.#memory.meetTitle(sender);
  }

  #findMemory(frame: ObservedFrame): void {
    const meter = meterIn(frame);
    if (meter !== undefined && !this.#isMet(meter)) {
      const memory = this.#memories.of(meter);
      if (this.#meter === undefined) memory.adopt(this.#memory);
      // A copy: a view would keep the whole piece of the capture in memory that it is of.
      this.#meter = Uint8Array.from(meter);
      this.#memory = memory;
    }
  }

  #isMet(meter: Uint8Array): boolean {
    return this.#meter !== undefined && equalBytes(meter, this.#meter);
  }

  #outcome(replayed: boolean): SecurityOutcome {
    const { learntKeys, certificates } = this.#memory;
    return { replayed, learntKeys, certificates };
  }
}

/** What security finds in a frame is about its APDU, not about the link around it. */
class ApduFindings implements FindingSink {
  readonly #sink: FindingSink;

  constructor(sink: FindingSink) {
    this.#sink = sink;
  }

  report(definition: DiagnosticDefinition, detail?: string): void {
    this.#sink.report(definition, detail, "apdu");
  }

  amend(frame: number, definition: DiagnosticDefinition, detail?: string): void {
    this.#sink.amend(frame, definition, detail);
  }
}

/** The title of the meter: out of its AARE, as the association has learnt it, or of what it ciphers. */
function meterIn({ apdu, ciphering, direction, context }: ObservedFrame): Uint8Array | undefined {
  const responding =
    apdu?.name === "aare" ? (apdu as AssociationResponse)["responding-ap-title"] : undefined;
  if (responding?.length === systemTitleLength) return responding;
  const learnt = context.association.serverSystemTitle?.value;
  if (learnt !== undefined) return learnt;
  // A guess of the title is no guess any more where it has opened the content.
  const opened = ciphering !== undefined && isOpened(ciphering);
  return opened && direction === "server-to-client" ? ciphering["system-title"] : undefined;
}
