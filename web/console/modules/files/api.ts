import { api, take } from "@kit/api/client.ts";
import type { UploadedFile } from "@kit/api/types.ts";

export function uploadPicture(picture: File): Promise<UploadedFile> {
  return take<UploadedFile>(
    api.POST("/api/files", {
      body: { data: picture },
      bodySerializer: (body: { data: File }) => {
        const form = new FormData();
        form.append("data", body.data);
        return form;
      },
    }),
  );
}

/** Where a stored picture is served. */
export function pictureAddress(key: string): string {
  return `/files/${key}`;
}
