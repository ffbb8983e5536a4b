import { sentenceOf } from "@kit/api/problem.ts";
import { useText } from "@kit/i18n/messages.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Popup, Toast } from "antd-mobile";
import { useState } from "react";
import { confirmShare, share } from "../api/client.ts";
import { sendShare } from "../api/jssdk.ts";
import { keys } from "../api/keys.ts";
import type { Material, Share } from "../api/types.ts";
import ui from "../ui/ui.module.css";
import { CustomerPicker } from "./CustomerPicker.tsx";
import { Cover } from "./MaterialsPage.tsx";
import css from "./materials.module.css";
import type { Recipient, RecipientChoice } from "./useRecipient.ts";
import { materialWords } from "./words.ts";

type Order = { to: Recipient | null; intoChat: boolean };

function LinkMade({ link, onDone }: { link: Share; onDone: () => void }) {
  const text = useText(materialWords);
  const copy = async () => {
    await navigator.clipboard.writeText(link.url);
    Toast.show(text.copied);
    onDone();
  };
  return (
    <>
      <p className={ui.soft}>{text.outside}</p>
      <p className={css.url}>{link.url}</p>
      <Button block color="primary" size="large" onClick={() => void copy()}>
        {text.copy}
      </Button>
    </>
  );
}

function useSend(material: Material, onClose: () => void) {
  const text = useText(materialWords);
  const client = useQueryClient();
  const [unsent, setUnsent] = useState<Share | null>(null);
  const send = useMutation({
    mutationFn: async ({ to, intoChat }: Order) => {
      const link = await share({ material_id: material.id, customer_id: to?.id ?? null });
      if (to && !intoChat) Toast.show({ content: text.pickIn(to.name), position: "top" });
      const outcome = await sendShare(link, intoChat);
      // WeCom has sent it, whatever becomes of telling so: the first reading will tell it too.
      if (outcome === "sent") await confirmShare(link.touch_id).catch(() => undefined);
      return { link, outcome };
    },
    onSuccess: ({ link, outcome }) => {
      void client.invalidateQueries({ queryKey: keys.today });
      if (outcome === "unable") setUnsent(link);
      if (outcome === "sent") {
        Toast.show({ icon: "success", content: text.sent });
        onClose();
      }
    },
    onError: (failure) => Toast.show(sentenceOf(failure)),
  });
  return { send, unsent };
}

function Choices({
  material,
  recipient,
  onClose,
}: {
  material: Material;
  recipient: RecipientChoice;
  onClose: () => void;
}) {
  const text = useText(materialWords);
  const { send, unsent } = useSend(material, onClose);
  const [picking, setPicking] = useState(false);
  const { customer, inChat } = recipient;
  return (
    <div className={css.sheet}>
      <div className={css.what}>
        <Cover material={material} />
        <div className={ui.grow}>
          <p className={ui.name}>{material.title}</p>
          <a className={ui.soft} href={`/a/${material.slug}`} target="_blank" rel="noreferrer">
            {text.preview} ↗
          </a>
        </div>
      </div>
      {unsent ? (
        <LinkMade link={unsent} onDone={onClose} />
      ) : (
        <>
          {customer && (
            <Button
              block
              color="primary"
              size="large"
              loading={send.isPending}
              onClick={() => send.mutate({ to: customer, intoChat: inChat })}
            >
              {inChat ? text.toChat(customer.name) : text.forWhom(customer.name)}
            </Button>
          )}
          <Button
            block
            size="large"
            color={customer ? "default" : "primary"}
            onClick={() => setPicking(true)}
          >
            {customer ? text.chooseOther : text.choose}
          </Button>
          <Button
            block
            fill="none"
            disabled={send.isPending}
            onClick={() => send.mutate({ to: null, intoChat: false })}
          >
            {text.anyone}
          </Button>
        </>
      )}
      <CustomerPicker
        visible={picking}
        onClose={() => setPicking(false)}
        onPick={(picked) => {
          recipient.choose(picked);
          setPicking(false);
        }}
      />
    </div>
  );
}

/** Asks to whom a material goes, makes the tracked link, and hands it to WeCom. */
export function ShareSheet({
  material,
  recipient,
  onClose,
}: {
  material: Material | null;
  recipient: RecipientChoice;
  onClose: () => void;
}) {
  return (
    <Popup
      visible={material !== null}
      onMaskClick={onClose}
      onClose={onClose}
      bodyStyle={{ borderRadius: "16px 16px 0 0" }}
    >
      {material && (
        <Choices key={material.id} material={material} recipient={recipient} onClose={onClose} />
      )}
    </Popup>
  );
}
