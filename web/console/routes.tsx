import { EmptyState, NoPermission } from "@kit/desk/states.tsx";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import type { ComponentType } from "react";
import { createBrowserRouter, Link, type RouteObject, useRouteError } from "react-router";
import { Gate } from "./modules/session/components/Gate.tsx";
import { MAY, type Permission } from "./permissions.ts";
import { Shell } from "./shell/Shell.tsx";

const words = defineMessages({
  zh: {
    missing: "没有这个页面",
    home: "回到首页",
    broken: "页面出了问题",
    brokenText: "请刷新页面；如果仍然如此，请把地址和时间告诉管理员。",
    reload: "刷新",
  },
  en: {
    missing: "There is no such page",
    home: "Go home",
    broken: "Something broke on this page",
    brokenText: "Reload the page; if it stays, tell your administrator the address and time.",
    reload: "Reload",
  },
});

function MissingPage() {
  const t = useText(words);
  return <EmptyState title={t.missing} action={<Link to="/">{t.home}</Link>} />;
}

function BrokenPage() {
  const t = useText(words);
  console.error(useRouteError());
  return (
    <EmptyState
      title={t.broken}
      action={
        <button type="button" onClick={() => location.reload()}>
          {t.reload}
        </button>
      }
    >
      {t.brokenText}
    </EmptyState>
  );
}

function page(path: string, needs: Permission, load: () => Promise<ComponentType>): RouteObject {
  return {
    path,
    ErrorBoundary: BrokenPage,
    lazy: async () => {
      const Page = await load();
      function Guarded() {
        return useMay()(needs) ? <Page /> : <NoPermission />;
      }
      return { Component: Guarded };
    },
  };
}

const pages: RouteObject[] = [
  page(
    "/settings/jobs",
    MAY.manageJobs,
    async () => (await import("./modules/jobs/components/JobsPage.tsx")).JobsPage,
  ),
];

export const router = createBrowserRouter(
  [
    {
      element: (
        <Gate>
          <Shell />
        </Gate>
      ),
      ErrorBoundary: BrokenPage,
      HydrateFallback: () => null,
      children: [...pages, { path: "*", element: <MissingPage /> }],
    },
  ],
  { basename: "/console" },
);
