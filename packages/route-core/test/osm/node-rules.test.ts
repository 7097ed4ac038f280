import { describe, expect, it } from "vitest";

import {
  hasControl,
  NODE_BLOCKED,
  NODE_CONTROL_AGAINST,
  NODE_CONTROL_ALONG,
  NODE_GIVE_WAY,
  NODE_SIGNALS,
  NODE_STOP,
  nodeRules,
  reverseNodeRules,
} from "../../src/osm/node-rules.ts";
import { tagsOf } from "./tags.ts";

describe("barriers", () => {
  it.each([
    [{ barrier: "bollard" }, true],
    [{ barrier: "block" }, true],
    [{ barrier: "chain" }, true],
    [{ barrier: "jersey_barrier" }, true],
    [{ barrier: "bollard", access: "yes" }, false],
    [{ barrier: "bollard", motor_vehicle: "destination" }, false],
    [{ barrier: "bollard", foot: "yes", bicycle: "yes" }, true],
    [{ barrier: "bollard", motor_vehicle: "private" }, true],
    [{ barrier: "gate" }, false],
    [{ barrier: "lift_gate" }, false],
    [{ barrier: "toll_booth" }, false],
    [{ barrier: "gate", access: "no" }, true],
    [{ barrier: "gate", access: "private" }, true],
    [{ barrier: "gate", access: "customers" }, false],
    [{ barrier: "gate", access: "no", hgv: "yes" }, false],
    [{ barrier: "gate", hgv: "no" }, true],
    [{ access: "no" }, false],
  ])("%j blocks: %s", (tags, blocked) => {
    expect((nodeRules(tagsOf(tags)) & NODE_BLOCKED) !== 0).toBe(blocked);
  });
});

describe("junction controls", () => {
  it.each([
    [{ highway: "traffic_signals" }, NODE_SIGNALS],
    [{ highway: "stop" }, NODE_STOP],
    [{ highway: "give_way" }, NODE_GIVE_WAY],
    [{ highway: "crossing", crossing: "traffic_signals" }, 0],
    [{ highway: "bus_stop" }, 0],
    [{ direction: "forward" }, 0],
    [{ highway: "stop", direction: "forward" }, NODE_STOP | NODE_CONTROL_ALONG],
    [{ highway: "stop", direction: "backward" }, NODE_STOP | NODE_CONTROL_AGAINST],
    [{ highway: "stop", direction: "N" }, NODE_STOP],
    [
      { highway: "traffic_signals", "traffic_signals:direction": "both" },
      NODE_SIGNALS | NODE_CONTROL_ALONG | NODE_CONTROL_AGAINST,
    ],
    [
      { highway: "traffic_signals", "traffic_signals:direction": "backward", direction: "forward" },
      NODE_SIGNALS | NODE_CONTROL_AGAINST,
    ],
  ])("%j gives the bits %i", (tags, bits) => {
    expect(nodeRules(tagsOf(tags))).toBe(bits);
    expect(hasControl(bits)).toBe((bits & (NODE_SIGNALS | NODE_STOP | NODE_GIVE_WAY)) !== 0);
  });

  it("a plain node has no rules", () => expect(nodeRules(tagsOf({}))).toBe(0));

  it("turn round with the way", () => {
    const along = NODE_STOP | NODE_BLOCKED | NODE_CONTROL_ALONG;
    const against = NODE_STOP | NODE_BLOCKED | NODE_CONTROL_AGAINST;
    expect(reverseNodeRules(along)).toBe(against);
    expect(reverseNodeRules(against)).toBe(along);
    expect(reverseNodeRules(NODE_SIGNALS)).toBe(NODE_SIGNALS);
  });
});
