import { useLanguage } from "@kit/i18n/language.ts";
import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { ConfigProvider } from "antd-mobile";
import enUS from "antd-mobile/es/locales/en-US";
import zhCN from "antd-mobile/es/locales/zh-CN";
import type { ReactNode } from "react";

/** Language and the server cache for pages on a phone. */
export function PhoneProviders({ client, children }: { client: QueryClient; children: ReactNode }) {
  const language = useLanguage();
  return (
    <ConfigProvider locale={language === "zh" ? zhCN : enUS}>
      <QueryClientProvider client={client}>{children}</QueryClientProvider>
    </ConfigProvider>
  );
}
