import "@kit/theme/base.css";
import "./look.css";
import { worthRetrying } from "@kit/api/client.ts";
import { startLanguage } from "@kit/i18n/language.ts";
import { startTheme } from "@kit/theme/mode.ts";
import { QueryClient } from "@tanstack/react-query";
import { unstableSetRender } from "antd-mobile";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router";
import { recall, remember } from "./api/memory.ts";
import { router } from "./routes.tsx";
import { PhoneProviders } from "./shell/PhoneProviders.tsx";

startTheme();
startLanguage();

// Toasts and dialogs called from handlers need React 19's way of drawing.
unstableSetRender((node, container) => {
  const root = createRoot(container);
  root.render(node);
  return async () => root.unmount();
});

const DAY_MS = 86_400_000;
const client = new QueryClient({
  defaultOptions: {
    queries: {
      retry: worthRetrying,
      staleTime: 10_000,
      gcTime: DAY_MS,
      refetchOnReconnect: true,
      // Without a network they fail and say so; else they would wait without a word.
      networkMode: "always",
    },
    mutations: { retry: false, networkMode: "always" },
  },
});
recall(client);
remember(client);

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <PhoneProviders client={client}>
      <RouterProvider router={router} />
    </PhoneProviders>
  </StrictMode>,
);
