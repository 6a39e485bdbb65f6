import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Button, Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { closeDialog } from "../state/window.js";

/**
 * A dialog over the window; Escape, the cross and a press beside it close it. `isKept`: only its buttons
 * do, so that no slip takes away what was typed.
 */
export function DialogFrame({
  title,
  children,
  isWide = false,
  isKept = false,
}: {
  readonly title: string;
  readonly children: ReactNode;
  readonly isWide?: boolean;
  readonly isKept?: boolean;
}) {
  return (
    <ModalOverlay
      className="modal-overlay"
      isOpen
      isDismissable={!isKept}
      isKeyboardDismissDisabled={isKept}
      onOpenChange={(open) => {
        if (!open) closeDialog();
      }}
    >
      <Modal className="modal" data-wide={isWide || undefined}>
        <Dialog className="modal__dialog">
          <div className="modal__head">
            <Heading slot="title" className="modal__title">
              {title}
            </Heading>
            <Button className="icon-button" aria-label="Close" onPress={closeDialog}>
              <X size={14} />
            </Button>
          </div>
          <div className="modal__body">{children}</div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
