import type { MenuItemConstructorOptions } from "electron";
import { describe, expect, it } from "vitest";
import type { ShellMenu } from "../../analyzer/protocol/index.js";
import { menuTemplate, withoutAccelerators } from "../../electron/menu.js";

const command = (name: string, more: object = {}) => ({
  kind: "command" as const,
  command: name,
  label: name,
  accelerator: null,
  isEnabled: true,
  isChecked: null,
  ...more,
});

const menus: readonly ShellMenu[] = [
  { label: "File", items: [command("file.open", { accelerator: "CmdOrCtrl+O" })] },
  { label: "Edit", items: [command("edit.undo")] },
  {
    label: "View",
    items: [
      command("view.dark", { isChecked: true }),
      { kind: "separator" },
      command("view.columns", { isEnabled: false }),
    ],
  },
  { label: "Help", items: [command("help.about")] },
];

function build(platform: NodeJS.Platform, isDevelopment = false, given = menus) {
  const ran: string[] = [];
  const template = menuTemplate(given, { platform, isDevelopment, run: (name) => ran.push(name) });
  return { template, ran };
}

const nameOf = ({ label, role, type }: MenuItemConstructorOptions) => label ?? role ?? type;
const itemsOf = (template: MenuItemConstructorOptions[], label: string) => {
  const submenu = template.find((menu) => menu.label === label)?.submenu;
  return Array.isArray(submenu) ? submenu : [];
};

describe("the native menu", () => {
  it("has the commands of the table in their order", () => {
    const { template } = build("linux");
    expect(template.map(nameOf)).toEqual(["File", "Edit", "View", "Help"]);
    expect(itemsOf(template, "View")).toMatchObject([
      { label: "view.dark", type: "checkbox", checked: true, enabled: true },
      { type: "separator" },
      { label: "view.columns", enabled: false },
    ]);
    expect(itemsOf(template, "View")[2]).not.toHaveProperty("type");
  });

  it("runs commands by their names", () => {
    const { template, ran } = build("win32");
    const [open] = itemsOf(template, "File");
    Reflect.apply(open?.click ?? (() => {}), undefined, []);
    expect(ran).toEqual(["file.open"]);
  });

  it("shows shortcuts, which the page listens for itself", () => {
    const { template } = build("linux");
    expect(itemsOf(template, "File")[0]).toMatchObject({
      accelerator: "CmdOrCtrl+O",
      registerAccelerator: false,
    });
    expect(itemsOf(withoutAccelerators(template), "File")[0]).not.toHaveProperty("accelerator");
  });

  it("ends with Quit in File, and on a Mac with Close", () => {
    expect(itemsOf(build("linux").template, "File").map(nameOf).at(-1)).toBe("quit");
    expect(itemsOf(build("darwin").template, "File").map(nameOf).at(-1)).toBe("close");
  });

  it("has what a Mac expects: application, text editing, windows", () => {
    const { template } = build("darwin");
    expect(template.map(nameOf)).toEqual(["appMenu", "File", "Edit", "View", "windowMenu", "Help"]);
    expect(itemsOf(template, "Edit").map(nameOf)).toEqual([
      "edit.undo",
      "separator",
      "cut",
      "copy",
      "paste",
      "selectAll",
    ]);
    // Before the page has sent its commands.
    expect(build("darwin", false, []).template.map(nameOf)).toEqual([
      "appMenu",
      "editMenu",
      "windowMenu",
    ]);
  });

  it("has the developer tools in development only", () => {
    const roles = (isDevelopment: boolean) =>
      itemsOf(build("linux", isDevelopment).template, "View").map(({ role }) => role);
    expect(roles(true)).toContain("toggleDevTools");
    expect(roles(false)).not.toContain("toggleDevTools");
  });
});
