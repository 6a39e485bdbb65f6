import {
  Bookmark,
  CircleAlert,
  EyeOff,
  Info,
  Lock,
  LockKeyhole,
  LockOpen,
  type LucideIcon,
  ShieldAlert,
  StickyNote,
  TriangleAlert,
} from "lucide-react";
import type { Row } from "../../analyzer/protocol/index.js";

type Severity = NonNullable<Row["severity"]>;

const severityIcons: Readonly<Record<Severity, LucideIcon>> = {
  error: CircleAlert,
  warning: TriangleAlert,
  note: StickyNote,
  info: Info,
};

interface CipheringMark {
  readonly Icon: LucideIcon;
  readonly kind: "open" | "closed" | "failed";
  readonly words: string;
}

const openMark: CipheringMark = { Icon: LockOpen, kind: "open", words: "decrypted" };
const failedMark: CipheringMark = { Icon: ShieldAlert, kind: "failed", words: "not decrypted" };

const cipheringMarks: Readonly<Record<string, CipheringMark>> = {
  decrypted: openMark,
  "decrypted-not-authenticated": {
    Icon: LockKeyhole,
    kind: "open",
    words: "decrypted, not authenticated",
  },
  "no-key": { Icon: Lock, kind: "closed", words: "no key" },
  "no-system-title": { Icon: Lock, kind: "closed", words: "no system title" },
  "tag-mismatch": { Icon: ShieldAlert, kind: "failed", words: "the tag does not fit" },
  "counter-replayed": { Icon: ShieldAlert, kind: "failed", words: "the counter was used before" },
};

/** Signs of what a row is: how severe, what became of its ciphering, whether it was marked. */
export function RowState({ row }: { readonly row: Row }) {
  return (
    <span className="row-state">
      <span className="row-state__slot">
        <SeverityOrIgnored row={row} />
      </span>
      <span className="row-state__slot">
        <Ciphering status={row.ciphering} />
      </span>
      <span className="row-state__slot">
        {row.isMarked && (
          <span className="row-state__mark" title="Marked">
            <Bookmark aria-label="Marked" />
          </span>
        )}
      </span>
    </span>
  );
}

function SeverityOrIgnored({ row: { severity, problem, isIgnored } }: { readonly row: Row }) {
  if (isIgnored) {
    return (
      <span title="Ignored: not counted among the problems">
        <EyeOff aria-label="Ignored" />
      </span>
    );
  }
  if (severity === null) return null;
  const Icon = severityIcons[severity];
  return (
    <span className={`row-state__severity--${severity}`} title={problem ?? severity}>
      <Icon aria-hidden="true" />
      <span className="frame-list__hidden">{severity}</span>
    </span>
  );
}

function Ciphering({ status }: { readonly status: string | null }) {
  if (status === null || status === "not-ciphered") return null;
  const { Icon, kind, words } = cipheringMarks[status] ?? failedMark;
  return (
    <span className={`row-state__ciphering--${kind}`} title={`Ciphered: ${words}`}>
      <Icon aria-hidden="true" />
      <span className="frame-list__hidden">{`ciphered, ${words}`}</span>
    </span>
  );
}
