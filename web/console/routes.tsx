import { offline } from "@kit/api/problem.ts";
import { numberOf } from "@kit/desk/list/numbers.ts";
import { EmptyState, FailedState, LoadingState, NoPermission } from "@kit/desk/states.tsx";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { useMay, useSession } from "@kit/session/session.ts";
import { useQuery } from "@tanstack/react-query";
import type { ComponentType } from "react";
import {
  createBrowserRouter,
  Link,
  Navigate,
  type RouteObject,
  useParams,
  useRouteError,
} from "react-router";
import { Gate } from "./modules/session/components/Gate.tsx";
import { MAY, type Permission } from "./permissions.ts";
import { navigationFor } from "./shell/navigation.tsx";
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

/** Where a role without a home page begins: the first page it may open. */
function FirstPage() {
  const first = navigationFor(useSession().permissions)[0]?.pages[0];
  return first ? <Navigate to={first.to} replace /> : <NoPermission />;
}

/** A page is fetched once it is wanted; one that could not be had says so, and is tried again. */
function page(path: string, needs: Permission, load: () => Promise<ComponentType>): RouteObject {
  function Guarded() {
    const may = useMay()(needs);
    const { id } = useParams();
    const known = id === undefined || numberOf(id) !== undefined;
    const code = useQuery({
      queryKey: ["page", path],
      queryFn: () => load().catch(() => Promise.reject(offline())),
      staleTime: Number.POSITIVE_INFINITY,
      enabled: may && known,
    });
    if (!known) return <MissingPage />;
    if (!may) return path === "/" ? <FirstPage /> : <NoPermission />;
    // Where there is a network, the server may have newer pages than this browser knows of.
    const again = () => (navigator.onLine ? location.reload() : void code.refetch());
    if (code.error) return <FailedState failure={code.error} onRetry={again} />;
    return code.data ? <code.data /> : <LoadingState />;
  }
  return { path, ErrorBoundary: BrokenPage, Component: Guarded };
}

const pages: RouteObject[] = [
  page(
    "/",
    MAY.readHome,
    async () => (await import("./modules/home/components/HomePage.tsx")).HomePage,
  ),
  page(
    "/metrics/:key",
    MAY.readInsight,
    async () => (await import("./modules/home/components/MetricPage.tsx")).MetricPage,
  ),
  page(
    "/growth/live-codes",
    MAY.readLiveCodes,
    async () => (await import("./modules/live-codes/components/LiveCodesPage.tsx")).LiveCodesPage,
  ),
  page(
    "/growth/live-codes/new",
    MAY.writeLiveCodes,
    async () => (await import("./modules/live-codes/components/BuilderPage.tsx")).BuilderPage,
  ),
  page(
    "/growth/live-codes/:id",
    MAY.readLiveCodes,
    async () => (await import("./modules/live-codes/components/LiveCodePage.tsx")).LiveCodePage,
  ),
  page(
    "/growth/live-codes/:id/edit",
    MAY.writeLiveCodes,
    async () => (await import("./modules/live-codes/components/BuilderPage.tsx")).BuilderPage,
  ),
  page(
    "/growth/channels",
    MAY.readChannels,
    async () => (await import("./modules/channels/components/ChannelsPage.tsx")).ChannelsPage,
  ),
  page(
    "/people/customers",
    MAY.readCustomers,
    async () => (await import("./modules/customers/components/CustomersPage.tsx")).CustomersPage,
  ),
  page(
    "/people/customers/:id",
    MAY.readCustomers,
    async () => (await import("./modules/customers/components/CustomerPage.tsx")).CustomerPage,
  ),
  page(
    "/people/merge-candidates",
    MAY.writeCustomers,
    async () => (await import("./modules/identity/components/CandidatesPage.tsx")).CandidatesPage,
  ),
  page(
    "/people/groups",
    MAY.readCustomers,
    async () => (await import("./modules/groups/components/GroupsPage.tsx")).GroupsPage,
  ),
  page(
    "/people/tags",
    MAY.readTags,
    async () => (await import("./modules/tags/components/TagsPage.tsx")).TagsPage,
  ),
  page(
    "/people/churn",
    MAY.readChurn,
    async () => (await import("./modules/churn/components/ChurnPage.tsx")).ChurnPage,
  ),
  page(
    "/people/audiences",
    MAY.readAudiences,
    async () => (await import("./modules/audiences/components/AudiencesPage.tsx")).AudiencesPage,
  ),
  page(
    "/people/audiences/new",
    MAY.writeAudiences,
    async () => (await import("./modules/audiences/components/BuilderPage.tsx")).BuilderPage,
  ),
  page(
    "/people/audiences/:id",
    MAY.readAudiences,
    async () => (await import("./modules/audiences/components/AudiencePage.tsx")).AudiencePage,
  ),
  page(
    "/people/audiences/:id/edit",
    MAY.writeAudiences,
    async () => (await import("./modules/audiences/components/BuilderPage.tsx")).BuilderPage,
  ),
  page(
    "/people/rfm",
    MAY.readAudiences,
    async () => (await import("./modules/audiences/components/RfmPage.tsx")).RfmPage,
  ),
  page(
    "/activation/materials",
    MAY.readMaterials,
    async () => (await import("./modules/materials/components/MaterialsPage.tsx")).MaterialsPage,
  ),
  page(
    "/activation/materials/new",
    MAY.writeMaterials,
    async () => (await import("./modules/materials/components/ArticlePage.tsx")).ArticlePage,
  ),
  page(
    "/activation/materials/:id",
    MAY.readMaterials,
    async () => (await import("./modules/materials/components/ArticlePage.tsx")).ArticlePage,
  ),
  page(
    "/conversion/orders",
    MAY.readOrders,
    async () => (await import("./modules/orders/components/OrdersPage.tsx")).OrdersPage,
  ),
  page(
    "/conversion/orders/:id",
    MAY.readOrders,
    async () => (await import("./modules/orders/components/OrderPage.tsx")).OrderPage,
  ),
  page(
    "/conversion/order-sources",
    MAY.readOrders,
    async () => (await import("./modules/orders/components/OrderSourcesPage.tsx")).OrderSourcesPage,
  ),
  page(
    "/settings/connection",
    MAY.readSettings,
    async () => (await import("./modules/connection/components/ConnectionPage.tsx")).ConnectionPage,
  ),
  page(
    "/settings/collection",
    MAY.readSettings,
    async () =>
      (await import("./modules/collect/components/CollectSourcesPage.tsx")).CollectSourcesPage,
  ),
  page(
    "/settings/fields",
    MAY.writeFields,
    async () => (await import("./modules/fields/components/FieldsPage.tsx")).FieldsPage,
  ),
  page(
    "/settings/staff",
    MAY.writeStaff,
    async () => (await import("./modules/staff/components/StaffPage.tsx")).StaffPage,
  ),
  page(
    "/people/exchange",
    MAY.importCustomers,
    async () => (await import("./modules/exchange/components/ExchangePage.tsx")).ExchangePage,
  ),
  page(
    "/people/imports/:id",
    MAY.importCustomers,
    async () => (await import("./modules/exchange/components/ImportPage.tsx")).ImportPage,
  ),
  page(
    "/settings/privacy",
    MAY.writePrivacy,
    async () => (await import("./modules/privacy/components/PrivacyPage.tsx")).PrivacyPage,
  ),
  page(
    "/settings/audit",
    MAY.readAudit,
    async () => (await import("./modules/audit/components/AuditPage.tsx")).AuditPage,
  ),
  page(
    "/settings/jobs",
    MAY.readJobs,
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
      children: [...pages, { path: "*", element: <MissingPage /> }],
    },
  ],
  { basename: "/console" },
);
