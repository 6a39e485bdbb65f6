/** The menu of the system, made of the table of commands that the window sends. */
import type { MenuItemConstructorOptions } from "electron";
import type { ShellMenu, ShellMenuItem } from "../analyzer/protocol/index.js";

export interface MenuSurroundings {
  readonly platform: NodeJS.Platform;
  readonly isDevelopment: boolean;
  readonly run: (command: string) => void;
}

/** The menus in their order, with what each system expects besides. */
export function menuTemplate(
  menus: readonly ShellMenu[],
  { platform, isDevelopment, run }: MenuSurroundings,
): MenuItemConstructorOptions[] {
  const isMac = platform === "darwin";
  const template = menus.map((menu): MenuItemConstructorOptions => {
    const submenu = menu.items.map((item) => toItem(item, run));
    if (menu.label === "File") submenu.push(...fileRoles(isMac));
    if (menu.label === "Edit" && isMac) submenu.push(...macEditRoles);
    if (menu.label === "View" && isDevelopment) {
      submenu.push({ type: "separator" }, { role: "toggleDevTools" });
    }
    return menu.label === "Help"
      ? { label: menu.label, role: "help", submenu }
      : { label: menu.label, submenu };
  });
  if (!isMac) return template;
  const hasEdit = menus.some(({ label }) => label === "Edit");
  const help = template.findIndex(({ role }) => role === "help");
  template.splice(help === -1 ? template.length : help, 0, { role: "windowMenu" });
  const edit: MenuItemConstructorOptions[] = hasEdit ? [] : [{ role: "editMenu" }];
  return [{ role: "appMenu" }, ...edit, ...template];
}

function toItem(item: ShellMenuItem, run: (command: string) => void): MenuItemConstructorOptions {
  if (item.kind === "separator") return { type: "separator" };
  return {
    id: item.command,
    label: item.label,
    enabled: item.isEnabled,
    ...(item.isChecked === null ? {} : { type: "checkbox", checked: item.isChecked }),
    // Shown here; the page itself listens for the keys.
    ...(item.accelerator === null
      ? {}
      : { accelerator: item.accelerator, registerAccelerator: false }),
    click: () => run(item.command),
  };
}

function fileRoles(isMac: boolean): MenuItemConstructorOptions[] {
  return [{ type: "separator" }, isMac ? { role: "close" } : { role: "quit" }];
}

/** On a Mac text fields have these keys from the menu only. */
const macEditRoles: MenuItemConstructorOptions[] = [
  { type: "separator" },
  { role: "cut" },
  { role: "copy" },
  { role: "paste" },
  { role: "selectAll" },
];

/** For a runtime that does not know one of the accelerators: the same menu without any. */
export function withoutAccelerators(
  template: readonly MenuItemConstructorOptions[],
): MenuItemConstructorOptions[] {
  return template.map(({ accelerator: _, submenu, ...item }) => ({
    ...item,
    ...(Array.isArray(submenu) ? { submenu: withoutAccelerators(submenu) } : {}),
  }));
}
