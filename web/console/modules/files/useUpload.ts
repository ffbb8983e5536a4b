import type { UploadedFile } from "@kit/api/types.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { useMutation } from "@tanstack/react-query";
import { App } from "antd";
import { uploadPicture } from "./api.ts";

const words = defineMessages({
  zh: { large: "图片不能超过 8 MB，请压缩后再上传。" },
  en: { large: "A picture may have at most 8 MB; make it smaller first." },
});

const MOST_BYTES = 8 * 1024 * 1024;

export function useUpload() {
  const t = useText(words);
  const { message } = App.useApp();
  const { mutate, isPending } = useMutation({ mutationFn: uploadPicture });

  function upload(picture: File, onStored: (stored: UploadedFile) => void): void {
    if (picture.size > MOST_BYTES) message.warning(t.large);
    else mutate(picture, { onSuccess: onStored });
  }

  return { upload, uploading: isPending };
}
