/** Nothing in it. */
export const EMPTY = 0;
/** One member puts a costing in. */
export const FILLING = 1;
/** Holds a costing. */
export const READY = 2;

/** Where things are in the cells of a store: first its own, then members, slots, leases. */
export const LOCK = 0;
export const CLOCK = 1;
const FIRST_MEMBER = 2;

/** Cells of a slot. */
export const STATE = 0;
/** Member that fills it. */
export const FILLER = 1;
/** When it was asked for last. */
export const USED = 2;
/** Goes up with every costing that is put in. */
export const GENERATION = 3;
export const KEY_HASH = 4;
export const KEY_BYTES = 5;
const SLOT_CELLS = 6;

/** Sizes of a store. */
export interface StoreShape {
  readonly slotCount: number;
  /** Threads that may use it at a time. */
  readonly memberCount: number;
}

/** Cells of a store of some shape. */
export function cellCount({ slotCount, memberCount }: StoreShape): number {
  return FIRST_MEMBER + memberCount + slotCount * (SLOT_CELLS + memberCount);
}

/** Cell that holds the token of a member, 0 where the place is free. */
export function memberCell(member: number): number {
  return FIRST_MEMBER + member;
}

/** Cell of a slot. */
export function slotCell({ memberCount }: StoreShape, slot: number, cell: number): number {
  return FIRST_MEMBER + memberCount + slot * SLOT_CELLS + cell;
}

/** Cell that is 1 while a member uses a slot. */
export function leaseCell(shape: StoreShape, slot: number, member: number): number {
  const { slotCount, memberCount } = shape;
  return slotCell(shape, slotCount, 0) + slot * memberCount + member;
}
