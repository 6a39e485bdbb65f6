/**
 * The serial ports of the machine, with what USB says of the adapters.
 *
 * On Linux they are read from sysfs, for the list that the serial library makes needs `udevadm`,
 * which small systems and containers have not; and it lists dozens of ports without hardware.
 */
import { readdir, readFile, readlink, realpath } from "node:fs/promises";
import { dirname, join } from "node:path";

export interface SerialPortInfo {
  /** What to open: `/dev/ttyUSB0`, `COM3`. */
  readonly path: string;
  /** A name that stays the same when the adapter is plugged in elsewhere, where the system has one. */
  readonly stablePath?: string;
  readonly manufacturer?: string;
  readonly product?: string;
  readonly serialNumber?: string;
  /** Four hexadecimal digits each. */
  readonly vendorId?: string;
  readonly productId?: string;
}

/** What to say where the list is empty. */
export const noSerialPorts =
  "No serial port is there. Plug the adapter in; in a container or a virtual machine, pass the device through to it";

export interface ListOptions {
  readonly platform?: NodeJS.Platform;
  /** Where `sys` and `dev` are. */
  readonly root?: string;
}

/**
 * Lists the ports, sorted by path; an empty list where there are none. Rejects only where a system
 * other than Linux cannot tell.
 */
export async function listSerialPorts({
  platform = process.platform,
  root = "/",
}: ListOptions = {}): Promise<SerialPortInfo[]> {
  const ports = platform === "linux" ? await listByDevices(root) : await listByLibrary();
  return ports.sort((a, b) => a.path.localeCompare(b.path, "en", { numeric: true }));
}

/** `FTDI FT232R USB UART, serial number A50285BI, 0403:6001`; empty where nothing is known. */
export function describeSerialPort(port: SerialPortInfo): string {
  const { manufacturer, product, serialNumber, vendorId, productId } = port;
  const named = manufacturer !== undefined && product?.startsWith(manufacturer) === true;
  const name = [named ? undefined : manufacturer, product].filter(isThere).join(" ");
  const number = serialNumber === undefined ? undefined : `serial number ${serialNumber}`;
  const ids = vendorId === undefined ? undefined : `${vendorId}:${productId ?? "????"}`;
  return [name === "" ? undefined : name, number, ids].filter(isThere).join(", ");
}

async function listByLibrary(): Promise<SerialPortInfo[]> {
  const { SerialPort } = await import("serialport");
  const ports = await SerialPort.list();
  return ports.map(({ path, manufacturer, serialNumber, vendorId, productId }) => ({
    path,
    ...given({
      manufacturer,
      serialNumber,
      vendorId: vendorId?.toLowerCase(),
      productId: productId?.toLowerCase(),
    }),
  }));
}

async function listByDevices(root: string): Promise<SerialPortInfo[]> {
  const folder = join(root, "sys/class/tty");
  const names = await readdir(folder).catch(() => []);
  const stable = await readStablePaths(root);
  const ports: SerialPortInfo[] = [];
  for (const name of names) {
    const device = await realpath(join(folder, name, "device")).catch(() => undefined);
    // Consoles and pseudo-terminals are no devices; a port of type 0 has no hardware behind it.
    if (device === undefined || (await readText(join(folder, name, "type"))) === "0") continue;
    const path = `/dev/${name}`;
    ports.push({
      path,
      ...given({ stablePath: stable.get(path) }),
      ...(await readUsbIdentity(device, await realpath(root))),
    });
  }
  return ports;
}

/** The names under `/dev/serial/by-id`, by the device that they stand for. */
async function readStablePaths(root: string): Promise<ReadonlyMap<string, string>> {
  const folder = join(root, "dev/serial/by-id");
  const paths = new Map<string, string>();
  for (const name of await readdir(folder).catch(() => [])) {
    const target = await readlink(join(folder, name)).catch(() => undefined);
    if (target === undefined) continue;
    paths.set(join("/dev", target.split("/").at(-1) ?? ""), `/dev/serial/by-id/${name}`);
  }
  return paths;
}

/** Looks for the USB device that the port is a part of: the first one above it that has a vendor. */
async function readUsbIdentity(device: string, root: string): Promise<Partial<SerialPortInfo>> {
  for (let folder = device; folder.length > root.length; folder = dirname(folder)) {
    const vendorId = await readText(join(folder, "idVendor"));
    if (vendorId === undefined) continue;
    return given({
      vendorId,
      productId: await readText(join(folder, "idProduct")),
      manufacturer: await readText(join(folder, "manufacturer")),
      product: await readText(join(folder, "product")),
      serialNumber: await readText(join(folder, "serial")),
    });
  }
  return {};
}

async function readText(path: string): Promise<string | undefined> {
  const text = await readFile(path, "utf8").catch(() => "");
  return text.trim() === "" ? undefined : text.trim();
}

type Named = Readonly<Record<string, string | undefined>>;

/** Without what is not known. */
function given<Names extends Named>(names: Names): { [Key in keyof Names]?: string } {
  const entries = Object.entries(names).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Key in keyof Names]?: string };
}

function isThere(text: string | undefined): text is string {
  return text !== undefined;
}
