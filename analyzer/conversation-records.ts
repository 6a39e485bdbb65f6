import type { ConversationView } from "../decoder/conversation/conversations.js";
import type { Frame, ServerAddress } from "../decoder/frame.js";
import type { Framing, LinkFrame } from "../decoder/link/link-frame.js";
import { type AssociationRecord, AssociationRecords } from "./association-records.js";

/** Who takes part in a conversation, and over what. */
export interface ConversationRecord {
  readonly framing: Framing;
  /** Both ends of the flow of packets; undefined on a line, and in a log. */
  readonly flow: string | undefined;
  /** The interface, line or file section of the capture. */
  readonly interface: number;
  /** Null where the frames name none, or their direction is never known. */
  readonly client: number | null;
  readonly server: ServerAddress | null;
  readonly associations: readonly AssociationRecord[];
}

interface Entry {
  parties: Omit<ConversationRecord, "associations">;
  associations: AssociationRecords;
}

/** What tells how a conversation stands: the reducer that has just taken the frame. */
export interface ConversationViews {
  view(conversation: number): ConversationView | undefined;
}

/** Notes the conversations of a capture while its frames pass. */
export class ConversationRecords {
  readonly #entries: Entry[] = [];

  get list(): readonly ConversationRecord[] {
    return this.#entries.map(({ parties, associations }) => ({
      ...parties,
      associations: associations.list,
    }));
  }

  /** Takes the next frame, which `views` has taken already. */
  observe(link: LinkFrame, frame: Frame, views: ConversationViews): void {
    const { conversation, client, server } = frame;
    if (conversation === null) return;
    let entry = this.#entries[conversation];
    if (entry === undefined) {
      const { framing, flow, interface: line } = link;
      const parties = { framing, flow: flow === "" ? undefined : flow, interface: line };
      entry = { parties: { ...parties, client, server }, associations: new AssociationRecords() };
      this.#entries[conversation] = entry;
    }
    if (entry.parties.server === null && server !== null) {
      entry.parties = { ...entry.parties, client, server };
    }
    entry.associations.observe(frame, () => views.view(conversation)?.association);
  }

  /** Forgets the associations of a conversation, which is to be read once more. */
  clear(conversation: number): void {
    const entry = this.#entries[conversation];
    if (entry !== undefined) entry.associations = new AssociationRecords();
  }
}
