import type { components } from "@kit/api/schema.gen.ts";

type Shapes = components["schemas"];

export type Today = Shapes["Today"];
export type NewFriend = Shapes["NewFriend"];
export type Numbers = Shapes["Numbers"];
export type OwnFigure = Shapes["OwnFigure"];
export type Reading = Shapes["Reading"];
export type Me = Shapes["Me"];
export type Ranking = Shapes["Ranking"];
export type RankingRow = Shapes["StaffRow"];
export type Material = Shapes["MaterialSummary"];
export type Share = Shapes["Share"];
export type ShareRequest = Shapes["ShareRequest"];
export type ChatCustomer = Shapes["ChatCustomer"];
export type Unit = Shapes["Unit"];
export type Cell = Shapes["Cell"];
