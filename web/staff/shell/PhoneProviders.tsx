import { useLanguage } from "@kit/i18n/language.ts";
import { useStillness } from "@kit/theme/media.ts";
import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { ConfigProvider, reduceMotion, restoreMotion } from "antd-mobile";
import enUS from "antd-mobile/es/locales/en-US";
import zhCN from "antd-mobile/es/locales/zh-CN";
import { type ReactNode, useEffect } from "react";

/** Language, motion and the server cache for pages on a phone. */
export function PhoneProviders({ client, children }: { client: QueryClient; children: ReactNode }) {
  const language = useLanguage();
  const still = useStillness();
  useEffect(() => (still ? reduceMotion() : restoreMotion()), [still]);
  return (
    <ConfigProvider locale={language === "zh" ? zhCN : enUS}>
      <QueryClientProvider client={client}>{children}</QueryClientProvider>
    </ConfigProvider>
  );
}
