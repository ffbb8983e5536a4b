import { useText } from "@kit/i18n/messages.ts";
import { useMutation } from "@tanstack/react-query";
import { Button } from "../ui/Button.tsx";
import { Sheet } from "../ui/Sheet.tsx";
import { tell } from "../ui/toast.tsx";
import { words } from "../words.ts";
import css from "./phone.module.css";
import { phoneWords } from "./words.ts";

/** Asks before a contact is deleted. */
export function DeleteSheet({
  title,
  name,
  act,
  onClose,
}: {
  title: string;
  name: string;
  act: () => Promise<unknown>;
  onClose: () => void;
}) {
  const text = useText(phoneWords);
  const common = useText(words);
  const remove = useMutation({
    mutationFn: act,
    onSuccess: () => {
      tell(text.deleted);
      onClose();
    },
  });
  return (
    <Sheet title={title} onClose={onClose}>
      <div className={css.menu}>
        <p>{text.sureDelete(name)}</p>
        <Button looks={["danger"]} disabled={remove.isPending} onClick={() => remove.mutate()}>
          {title}
        </Button>
        <Button onClick={onClose}>{common.cancel}</Button>
      </div>
    </Sheet>
  );
}
