import { createBrowserRouter, Navigate } from "react-router";
import { ChatPage } from "./customers/ChatPage.tsx";
import { CustomerPage } from "./customers/CustomerPage.tsx";
import { CustomersPage } from "./customers/CustomersPage.tsx";
import { MaterialsPage } from "./materials/MaterialsPage.tsx";
import { MePage } from "./me/MePage.tsx";
import { RankingPage } from "./ranking/RankingPage.tsx";
import { Broken } from "./shell/Broken.tsx";
import { Gate } from "./shell/Gate.tsx";
import { Shell } from "./shell/Shell.tsx";
import { TodayPage } from "./today/TodayPage.tsx";

export const router = createBrowserRouter(
  [
    {
      element: (
        <Gate>
          <Shell />
        </Gate>
      ),
      errorElement: <Broken />,
      children: [
        { index: true, element: <TodayPage /> },
        { path: "chat", element: <ChatPage /> },
        { path: "customers", element: <CustomersPage /> },
        { path: "customers/:id", element: <CustomerPage /> },
        { path: "materials", element: <MaterialsPage /> },
        { path: "ranking", element: <RankingPage /> },
        { path: "me", element: <MePage /> },
        { path: "*", element: <Navigate to="/" replace /> },
      ],
    },
  ],
  { basename: "/staff" },
);
