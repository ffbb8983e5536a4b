import { MenuOutlined, SearchOutlined } from "@ant-design/icons";
import { Mark } from "@kit/desk/Brand.tsx";
import { LoadingState } from "@kit/desk/states.tsx";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { useFacts } from "@kit/realtime/events.ts";
import { useSession } from "@kit/session/session.ts";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Drawer } from "antd";
import { Suspense, useEffect, useRef, useState } from "react";
import { Link, NavLink, Outlet, useLocation } from "react-router";
import { TaskTray } from "../modules/jobs/components/TaskTray.tsx";
import { navigationFor, navigationWords } from "./navigation.tsx";
import { Palette } from "./Palette.tsx";
import styles from "./Shell.module.css";
import { UserMenu } from "./UserMenu.tsx";

const words = defineMessages({
  zh: { find: "查找页面、客户、活码、内容", menu: "菜单" },
  en: { find: "Find pages, customers, codes, content", menu: "Menu" },
});

function Side({ className = "" }: { className?: string }) {
  const session = useSession();
  const t = useText(navigationWords);
  const { pathname } = useLocation();
  const nav = useRef<HTMLElement>(null);
  // Whoever came by an address sees where they are, however long the list.
  // biome-ignore lint/correctness/useExhaustiveDependencies: anew with each page
  useEffect(() => {
    nav.current?.querySelector("[aria-current=page]")?.scrollIntoView?.({ block: "nearest" });
  }, [pathname]);
  return (
    <nav ref={nav} className={`${styles.side} ${className}`} aria-label={session.tenant.name}>
      <Link to="/" className={styles.brand}>
        <Mark />
        <span>
          <span className={styles.brandName}>siyu 私域</span>
          <span className={styles.tenant}>{session.tenant.name}</span>
        </span>
      </Link>
      {navigationFor(session.permissions).map((group) => (
        <div key={group.key}>
          {t.groups[group.key] && <div className={styles.group}>{t.groups[group.key]}</div>}
          {group.pages.map(({ key, to, icon: Icon }) => (
            <NavLink
              key={key}
              to={to}
              end={to === "/"}
              className={({ isActive }) => `${styles.link} ${isActive ? styles.active : ""}`}
            >
              <Icon />
              {t.pages[key]}
            </NavLink>
          ))}
        </div>
      ))}
    </nav>
  );
}

const APPLE = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Navigation, head line and the page. */
export function Shell() {
  const t = useText(words);
  const { pathname } = useLocation();
  const [menuAt, setMenuAt] = useState<string | null>(null);
  const [palette, setPalette] = useState(false);

  // Keeps the line open from page to page: a page that loads its state then misses nothing that
  // happens before it listens itself. Once the server is back, what failed meanwhile is read.
  const client = useQueryClient();
  useFacts((fact) => {
    if (fact === null) {
      void client.refetchQueries({
        type: "active",
        predicate: ({ state }) => state.error !== null,
      });
    }
  });

  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      setPalette((open) => !open);
    }
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);

  return (
    <div className={styles.shell}>
      <Side />
      <Drawer
        // Open only on the page where it was opened: going elsewhere closes it.
        open={menuAt === pathname}
        onClose={() => setMenuAt(null)}
        placement="left"
        width={232}
        closable={false}
        styles={{ body: { padding: 0, background: "var(--paper)" } }}
      >
        <Side className={styles.drawerSide} />
      </Drawer>
      <div className={styles.main}>
        <header className={styles.top}>
          <Button
            type="text"
            className={styles.burger}
            icon={<MenuOutlined />}
            aria-label={t.menu}
            onClick={() => setMenuAt(pathname)}
          />
          <button type="button" className={styles.find} onClick={() => setPalette(true)}>
            <SearchOutlined />
            <span>{t.find}</span>
            <kbd>{APPLE ? "⌘K" : "Ctrl K"}</kbd>
          </button>
          <span className={styles.space} />
          <TaskTray />
          <UserMenu />
        </header>
        <main className={styles.page}>
          <Suspense fallback={<LoadingState />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      {palette && <Palette onClose={() => setPalette(false)} />}
    </div>
  );
}
