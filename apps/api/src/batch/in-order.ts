/** Work on a list whose results are wanted in the order of the list. */
export interface InOrderOptions<R> {
  readonly count: number;
  /** Pieces of work that may be begun before the one whose result is wanted next. */
  readonly ahead: number;
  /** Never rejects. */
  readonly run: (index: number) => Promise<R>;
}

/**
 * Results in order, as they come. One that takes long holds back those after it: of these, no more
 * than `ahead` are begun and kept until it is there.
 */
export async function* inOrder<R>({ count, ahead, run }: InOrderOptions<R>): AsyncGenerator<R> {
  const begun: Promise<R>[] = [];
  let next = 0;
  for (let index = 0; index < count; index++) {
    while (next < count && next - index <= ahead) begun.push(run(next++));
    yield await begun.shift()!;
  }
}
