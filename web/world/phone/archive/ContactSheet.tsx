import { useText } from "@kit/i18n/messages.ts";
import { useMutation } from "@tanstack/react-query";
import { archive } from "../../api/archive.ts";
import { Button } from "../../ui/Button.tsx";
import { Sheet } from "../../ui/Sheet.tsx";
import css from "../phone.module.css";
import { phoneWords } from "../words.ts";
import { useArchive } from "./Archived.tsx";
import { archiveWords } from "./words.ts";

/** What a customer can do with a staff account: agree to the archive or not, delete it. */
export function ContactSheet({
  person,
  userid,
  name,
  onDelete,
  onClose,
}: {
  person: number;
  userid: string;
  name: string;
  onDelete: () => void;
  onClose: () => void;
}) {
  const text = useText(archiveWords);
  const phone = useText(phoneWords);
  const seen = useArchive().data;
  const given = seen?.consents.find((one) => one.person === person && one.userid === userid);
  const status = given?.status === "Agree" || given?.status === "Disagree" ? given.status : "none";
  const agree = useMutation({
    mutationFn: (is: boolean) => archive.agree(person, userid, is),
    onSuccess: onClose,
  });
  return (
    <Sheet title={name} onClose={onClose}>
      <div className={css.menu}>
        <p className={css.soft}>
          {text.archive}: {text.status[status]}
        </p>
        <Button disabled={agree.isPending} onClick={() => agree.mutate(true)}>
          {text.agree}
        </Button>
        <Button disabled={agree.isPending} onClick={() => agree.mutate(false)}>
          {text.disagree}
        </Button>
        <Button looks={["danger"]} onClick={onDelete}>
          {phone.deleteStaff}
        </Button>
      </div>
    </Sheet>
  );
}
