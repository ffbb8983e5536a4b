import { useQuery } from "@tanstack/react-query";
import { groups, type JoinWay } from "../api/groups.ts";
import { keys } from "../api/keys.ts";
import { type AcquisitionLink, type Code, doors } from "../api/scan.ts";
import { type ServiceWay, service } from "../api/service.ts";
import type { Staff, Way } from "../api/types.ts";
import { type SceneCode, wechat } from "../api/wechat.ts";

/** A code that lies about. One without a `picture` is only a link. */
export type CodeInSight = { name: string; picture: string; code: Code };

/** A live code as a card that lies about. */
export function wayCode(way: Way): CodeInSight {
  return {
    name: way.remark || way.state || way.config_id,
    picture: way.picture,
    code: { config_id: way.config_id },
  };
}

/** A code into groups as a card that lies about. */
export function joinCode(way: JoinWay): CodeInSight {
  return {
    name: way.remark || way.state || way.config_id,
    picture: way.picture,
    code: { config_id: way.config_id, group: true },
  };
}

/** The code every staff account has of its own. */
export function staffCode(staff: Staff, base: string): CodeInSight {
  return {
    name: staff.alias || staff.name,
    picture: `${base}/qr/staff/${staff.userid}.png`,
    code: { url: `${base}/u/${staff.userid}` },
  };
}

/** A code of the official account with a parameter. */
export function sceneCode(code: SceneCode, base: string): CodeInSight {
  return {
    name: code.scene,
    picture: `${base}/cgi-bin/showqrcode?ticket=${encodeURIComponent(code.ticket)}`,
    code: { url: `${base}/o/${code.key}` },
  };
}

/** A link of the acquisition assistant. */
export function linkCode(link: AcquisitionLink): CodeInSight {
  return { name: link.name, picture: "", code: { url: link.url } };
}

/** A link into a chat with customer service. */
export function serviceCode(way: ServiceWay): CodeInSight {
  return { name: way.scene || way.open_kfid, picture: "", code: { url: way.url } };
}

/** The links into customer service; who makes one is told nowhere, so they are read at each look. */
export function useServiceWays() {
  return useQuery({ queryKey: keys.serviceWays, queryFn: service.ways, staleTime: 0 });
}

/** The codes into groups that lie about. */
export function useJoinWays() {
  return useQuery({ queryKey: keys.joinWays, queryFn: groups.joinWays });
}

export function useAcquisitionLinks() {
  return useQuery({ queryKey: keys.links, queryFn: doors.links });
}

/** The official account; who makes a code there is told nowhere, so it is read at each look. */
export function useOfficial() {
  return useQuery({ queryKey: keys.official, queryFn: wechat.official, staleTime: 0 });
}
