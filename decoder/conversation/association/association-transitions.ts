/**
 * The association as a state machine, written down as data (IEC 62056-5-3, state machines of the
 * control function, as an observer between client and server sees them).
 */
import type { AssociationView } from "./association-view.js";

export type AssociationPhase = AssociationView["state"];

/** What a frame does to the association. */
export type AssociationEvent =
  /** UA after SNRM. A new link knows no association but pre-established ones. */
  | "link-opened"
  /** UA or DM after DISC. */
  | "link-closed"
  /** DM that no DISC asked for. */
  | "link-lost"
  | "requested"
  /** An AARQ that wants no answer. */
  | "opened-unconfirmed"
  | "accepted"
  /** Accepted, provided that passes 3 and 4 succeed. */
  | "accepted-for-authentication"
  | "refused"
  /** An AARE of which the result could not be read. */
  | "answered-unreadably"
  | "proof-accepted"
  | "proof-refused"
  | "released"
  /** The server has answered a service although no association was known to be open. */
  | "found-open";

type Transitions = Partial<Record<AssociationEvent, AssociationPhase>>;

/** What happens the same way in every phase: an observer may have missed what came before. */
const everywhere = {
  "link-opened": "unknown",
  "link-closed": "released",
  requested: "requested",
  "opened-unconfirmed": "open",
  accepted: "open",
  "accepted-for-authentication": "authenticating",
  refused: "rejected",
  "answered-unreadably": "unknown",
  released: "released",
} as const satisfies Transitions;

const transitions: Readonly<Record<AssociationPhase, Transitions>> = {
  // An HLS association of which only passes 3 and 4 were captured.
  unknown: { ...everywhere, "proof-accepted": "open", "proof-refused": "rejected" },
  // The AARE was not captured, or was damaged.
  requested: {
    ...everywhere,
    "link-lost": "aborted",
    "proof-accepted": "open",
    "proof-refused": "rejected",
    "found-open": "unknown",
  },
  authenticating: {
    ...everywhere,
    "link-lost": "aborted",
    "proof-accepted": "open",
    "proof-refused": "rejected",
  },
  open: { ...everywhere, "link-lost": "aborted" },
  rejected: { ...everywhere, "found-open": "unknown" },
  released: { ...everywhere, "found-open": "unknown" },
  aborted: { ...everywhere, "found-open": "unknown" },
};

/** The phase after an event; the same one where the event means nothing in it. */
export function nextPhase(phase: AssociationPhase, event: AssociationEvent): AssociationPhase {
  return transitions[phase][event] ?? phase;
}

/** Whether client and server are bound to each other: something is there to release. */
export function isAssociated(phase: AssociationPhase): boolean {
  return phase === "open" || phase === "authenticating";
}
