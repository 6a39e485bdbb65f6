import { CircleX, Info, X } from "lucide-react";
import { useEffect } from "react";
import { dismiss, type Notice, useWindow } from "../state/window.js";

const shownFor = 5000;

/** Words for the user; faults stay until they are dismissed. */
export function Notices() {
  const notices = useWindow((state) => state.notices);
  return (
    <div className="notices" role="status" aria-live="polite">
      {notices.map((notice) => (
        <Line key={notice.id} notice={notice} />
      ))}
    </div>
  );
}

function Line({ notice: { id, severity, text, action } }: { readonly notice: Notice }) {
  useEffect(() => {
    if (severity === "error") return;
    const timer = setTimeout(() => dismiss(id), shownFor);
    return () => clearTimeout(timer);
  }, [id, severity]);
  return (
    <div className="notices__notice" data-severity={severity}>
      {severity === "error" ? (
        <CircleX size={14} aria-label="fault" />
      ) : (
        <Info size={14} aria-hidden="true" />
      )}
      <span>{text}</span>
      {action !== undefined && (
        <button
          type="button"
          className="link-button"
          onClick={() => {
            dismiss(id);
            action.run();
          }}
        >
          {action.label}
        </button>
      )}
      <button
        type="button"
        className="icon-button"
        aria-label="Dismiss"
        onClick={() => dismiss(id)}
      >
        <X size={13} />
      </button>
    </div>
  );
}
