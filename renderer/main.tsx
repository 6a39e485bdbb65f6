import "@fontsource/jetbrains-mono/latin-400.css";
import "@fontsource/jetbrains-mono/latin-600.css";
import "./theme/tokens.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Application } from "./app/application.js";
import { findShell } from "./shell.js";
import { connectAnalyzer } from "./state/analyzer.js";

const root = document.getElementById("root");
if (root === null) throw new Error("The page has no root.");
void connectAnalyzer(findShell());
createRoot(root).render(
  <StrictMode>
    <Application />
  </StrictMode>,
);
