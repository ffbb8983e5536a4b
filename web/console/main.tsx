import "@kit/theme/base.css";
import { DeskProviders } from "@kit/desk/DeskProviders.tsx";
import { startLanguage } from "@kit/i18n/language.ts";
import { startTheme } from "@kit/theme/mode.ts";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router";
import { router } from "./routes.tsx";

startTheme();
startLanguage();

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <DeskProviders>
      <RouterProvider router={router} />
    </DeskProviders>
  </StrictMode>,
);
