import type { MaterialFull } from "@kit/api/types.ts";
import { Reading } from "@kit/desk/states.tsx";
import { useParams } from "react-router";
import { useMaterial } from "../hooks/useMaterials.ts";
import { ArticleForm } from "./ArticleForm.tsx";

function Existing({ id }: { id: number }) {
  const material = useMaterial(id);
  return (
    <Reading query={material}>
      {(found: MaterialFull) => <ArticleForm key={found.id} material={found} />}
    </Reading>
  );
}

export function ArticlePage() {
  const { id } = useParams();
  return id ? <Existing id={Number(id)} /> : <ArticleForm />;
}
