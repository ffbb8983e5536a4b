import { Problem } from "@kit/api/problem.ts";
import { useText } from "@kit/i18n/messages.ts";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd-mobile";
import { Navigate, useNavigate } from "react-router";
import { readChatCustomer } from "../api/client.ts";
import { askWhoseChat } from "../api/jssdk.ts";
import { keys } from "../api/keys.ts";
import { Empty, Shown } from "../ui/states.tsx";
import css from "./customers.module.css";
import { chatWords } from "./words.ts";

const UNKNOWN_CODE = "customer_unknown";
const AGAIN_MS = 5000;

type Missing = "unknown" | "nowhere" | "outside";
type Found = { customer: number } | { missing: Missing };

async function lookBeside(): Promise<Found> {
  const asked = await askWhoseChat().catch(() => "outside" as const);
  if (asked === "outside") return { missing: "outside" };
  if (asked === null) return { missing: "nowhere" };
  try {
    return { customer: (await readChatCustomer(asked)).customer_id };
  } catch (failure) {
    if (failure instanceof Problem && failure.code === UNKNOWN_CODE) return { missing: "unknown" };
    throw failure;
  }
}

function Without({ why, onRetry }: { why: Missing; onRetry: () => void }) {
  const text = useText(chatWords);
  const navigate = useNavigate();
  const { title, sentence } = text.missing[why];
  return (
    <Empty>
      <h1 className={css.missing}>{title}</h1>
      <p>{sentence}</p>
      <div className={css.ways}>
        <Button size="small" color="primary" onClick={onRetry}>
          {text.retry}
        </Button>
        <Button size="small" onClick={() => void navigate("/customers")}>
          {text.all}
        </Button>
      </div>
    </Empty>
  );
}

/** Where WeCom opens siyu beside a chat: leads to the customer of that chat. */
export function ChatPage() {
  const found = useQuery({
    queryKey: keys.beside,
    queryFn: lookBeside,
    staleTime: 0,
    gcTime: 0,
    // Who has just been added is known some seconds later.
    refetchInterval: ({ state }) =>
      state.data && "missing" in state.data && state.data.missing === "unknown" ? AGAIN_MS : false,
  });
  return (
    <Shown query={found}>
      {(data) =>
        "customer" in data ? (
          <Navigate to={`/customers/${data.customer}`} replace state={{ beside: true }} />
        ) : (
          <Without why={data.missing} onRetry={() => void found.refetch()} />
        )
      }
    </Shown>
  );
}
