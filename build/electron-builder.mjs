// How the desktop application is packaged: `npm run dist`.
import { readFileSync } from "node:fs";

const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
// A package of Debian has to say whom to ask, and where.
const debian = manifest.homepage && manifest.author ? ["deb"] : [];

export default {
  appId: "org.obiscope.desktop",
  productName: "Obiscope",
  directories: { output: "dist/packages", buildResources: "build" },

  // The shell is bundled whole: no module goes with it, and of prebuilds those of the system alone.
  files: [
    "dist/electron/*.cjs",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder fills it in.
    "dist/prebuilds/${platform}-*/**",
    "dist/renderer/**",
    "package.json",
    "LICENSE",
    "!**/*.map",
    "!**/node_modules/**",
  ],
  extraResources: [{ from: "dist/samples", to: "samples" }],
  asar: true,
  // The system loads these from files of their own.
  asarUnpack: ["dist/prebuilds/**"],
  npmRebuild: false,
  electronLanguages: ["en-US"],
  publish: null,

  // What the runtime could be talked into otherwise. They are turned in its binary.
  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
    resetAdHocDarwinSignature: true,
  },

  fileAssociations: [
    {
      ext: ["pcap", "cap"],
      name: "Packet capture",
      description: "Packet capture (pcap)",
      mimeType: "application/vnd.tcpdump.pcap",
      role: "Editor",
      rank: "Alternate",
    },
    {
      ext: "pcapng",
      name: "Packet capture, next generation",
      description: "Packet capture (pcapng)",
      mimeType: "application/x-pcapng",
      role: "Editor",
      rank: "Alternate",
    },
  ],

  linux: {
    target: ["AppImage", "tar.gz", ...debian],
    executableName: "obiscope-desktop",
    icon: "build/icons",
    category: "Development",
    synopsis: manifest.description,
  },
  win: { target: ["nsis"], icon: "build/icons/icon.ico" },
  // File associations are written for all users of a machine only.
  nsis: { oneClick: false, perMachine: true, allowToChangeInstallationDirectory: true },
  mac: {
    target: ["dmg", "zip"],
    icon: "build/icons/icon.icns",
    category: "public.app-category.developer-tools",
    hardenedRuntime: true,
  },
};
