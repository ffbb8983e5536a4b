import { useText } from "@kit/i18n/messages.ts";
import { TabBar } from "antd-mobile";
import {
  AppOutline,
  FileOutline,
  HistogramOutline,
  TeamOutline,
  UserOutline,
} from "antd-mobile-icons";
import { Outlet, useLocation, useNavigate } from "react-router";
import { words } from "../words.ts";
import { LiveBanner } from "./LiveBanner.tsx";
import css from "./shell.module.css";
import { useOnline } from "./useOnline.ts";

const TABS = [
  { name: "today", path: "/", icon: <AppOutline /> },
  { name: "customers", path: "/customers", icon: <TeamOutline /> },
  { name: "materials", path: "/materials", icon: <FileOutline /> },
  { name: "ranking", path: "/ranking", icon: <HistogramOutline /> },
  { name: "me", path: "/me", icon: <UserOutline /> },
] as const;

/** The tab a path belongs to. */
export function tabOf(path: string): string {
  const [, first] = path.split("/");
  return TABS.find((tab) => tab.path === `/${first}`)?.path ?? "/";
}

/** The page, the tabs below it, and what has just happened above it. */
export function Shell() {
  const text = useText(words);
  const online = useOnline();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  return (
    <div className={css.shell}>
      {!online && (
        <p className={css.offline} role="status">
          {text.offline}
        </p>
      )}
      <main className={css.main}>
        <Outlet />
      </main>
      <nav className={css.tabs}>
        <TabBar activeKey={tabOf(pathname)} onChange={(path) => void navigate(path)}>
          {TABS.map((tab) => (
            <TabBar.Item key={tab.path} icon={tab.icon} title={text.tabs[tab.name]} />
          ))}
        </TabBar>
      </nav>
      <LiveBanner />
    </div>
  );
}
