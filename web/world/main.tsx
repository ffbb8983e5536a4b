import "@kit/theme/base.css";
import "./look.css";
import { worthRetrying } from "@kit/api/client.ts";
import { sentenceOf } from "@kit/api/problem.ts";
import { startLanguage } from "@kit/i18n/language.ts";
import { startTheme } from "@kit/theme/mode.ts";
import { MutationCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { tell } from "./ui/toast.tsx";
import { World } from "./World.tsx";

startTheme();
startLanguage();

const client = new QueryClient({
  // What happens is pushed; nothing needs to be asked again and again.
  defaultOptions: {
    // Without a network they fail and say so; else they would wait without a word.
    queries: { retry: worthRetrying, staleTime: 5 * 60_000, networkMode: "always" },
    mutations: { networkMode: "always" },
  },
  mutationCache: new MutationCache({ onError: (failure) => tell(sentenceOf(failure), true) }),
});

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <World />
    </QueryClientProvider>
  </StrictMode>,
);
