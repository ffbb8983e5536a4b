import "@ant-design/v5-patch-for-react-19";
import { MutationCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { App, ConfigProvider } from "antd";
import enUS from "antd/es/locale/en_US";
import zhCN from "antd/es/locale/zh_CN";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import { type ReactNode, useEffect, useState } from "react";
import "./desk.css";
import { worthRetrying } from "../api/client.ts";
import { Problem, sentenceOf } from "../api/problem.ts";
import { useLanguage } from "../i18n/language.ts";
import { useStillness, useThumbs } from "../theme/media.ts";
import { useMode } from "../theme/mode.ts";
import { antdTheme } from "./antd.ts";
import { useEscape } from "./useEscape.ts";

/** What the server refused field by field belongs into the form, not into a toast. */
function belongsToForm(failure: unknown): boolean {
  return failure instanceof Problem && failure.errors.length > 0;
}

function Queries({ children }: { children: ReactNode }) {
  const { message } = App.useApp();
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: {
            retry: worthRetrying,
            staleTime: 10_000,
            refetchOnWindowFocus: true,
            refetchOnReconnect: true,
            // Without a network they fail and say so; else they would wait without a word.
            networkMode: "always",
          },
          mutations: { retry: false, networkMode: "always" },
        },
        mutationCache: new MutationCache({
          onError: (failure, _variables, _context, mutation) => {
            if (mutation.meta?.quiet || belongsToForm(failure)) return;
            message.error(sentenceOf(failure));
          },
        }),
      }),
  );
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}

/** Theme, language, toasts and the server cache for pages on a desk. */
export function DeskProviders({ children }: { children: ReactNode }) {
  const { mode } = useMode();
  const still = useStillness();
  const thumbs = useThumbs();
  const language = useLanguage();
  useEscape();
  useEffect(() => {
    dayjs.locale(language === "zh" ? "zh-cn" : "en");
  }, [language]);
  return (
    <ConfigProvider
      theme={antdTheme(mode, { still, thumbs })}
      locale={language === "zh" ? zhCN : enUS}
      button={{ autoInsertSpace: false }}
    >
      <App message={{ maxCount: 3 }}>
        <Queries>{children}</Queries>
      </App>
    </ConfigProvider>
  );
}
