import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Button, Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { closeDialog } from "../state/window.js";

/** A dialog over the window; Escape and the cross close it. */
export function DialogFrame({
  title,
  children,
  isWide = false,
}: {
  readonly title: string;
  readonly children: ReactNode;
  readonly isWide?: boolean;
}) {
  return (
    <ModalOverlay
      className="modal-overlay"
      isOpen
      isDismissable
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
