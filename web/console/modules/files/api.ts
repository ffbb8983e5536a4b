import { api, take } from "@kit/api/client.ts";
import type { UploadedFile } from "@kit/api/types.ts";

export function uploadPicture(picture: File): Promise<UploadedFile> {
  const form = new FormData();
  form.append("file", picture);
  // The description knows a file as text; the form carries it as what it is.
  return take(api.POST("/api/files", { body: {}, bodySerializer: () => form }));
}

/** Where a stored picture is served. */
export function pictureAddress(key: string): string {
  return `/files/${key}`;
}
