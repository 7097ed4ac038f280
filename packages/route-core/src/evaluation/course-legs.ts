import type { CourseProfile, CourseTargets, RouteCourse } from "./route-course.ts";

/** A leg of a course with its part of the profile; distances count from where it begins. */
export interface CourseLeg {
  readonly targets: CourseTargets;
  readonly profile: CourseProfile;
}

/** Cuts a course and its profile where the legs end. */
export function legsOfCourse(course: RouteCourse, profile: CourseProfile): readonly CourseLeg[] {
  const { lengthM, legEndM } = course;
  if (legEndM.length === 1) return [{ targets: course, profile }];
  return Array.from(legEndM, (_, leg) => {
    const fromM = leg === 0 ? 0 : legEndM[leg - 1]!;
    // As elsewhere, the course decides where the last one ends, not its profile.
    const toM = leg === legEndM.length - 1 ? lengthM : legEndM[leg]!;
    return {
      targets: targetsBetween(course, fromM, toM),
      profile: profileBetween(profile, fromM, toM),
    };
  });
}

function targetsBetween(course: RouteCourse, fromM: number, toM: number): CourseTargets {
  const { stretchEndM, stretchKmh, stretchWind, curveEndM, curveRadiusM, stopAtM, stopKind } =
    course;
  const speeds = stretchesBetween(stretchEndM, fromM, toM);
  const curves = stretchesBetween(curveEndM, fromM, toM);
  // A stop where a leg ends is one that it drives up to.
  const firstStop = indexOr(stopAtM, (atM) => atM > fromM);
  const pastStop = indexOr(stopAtM, (atM) => atM > toM);
  return {
    lengthM: toM - fromM,
    stretchEndM: speeds.endM,
    stretchKmh: stretchKmh.subarray(speeds.first, speeds.past),
    stretchWind: stretchWind.subarray(speeds.first, speeds.past),
    curveEndM: curves.endM,
    curveRadiusM: curveRadiusM.subarray(curves.first, curves.past),
    stopAtM: stopAtM.subarray(firstStop, pastStop).map((atM) => atM - fromM),
    stopKind: stopKind.subarray(firstStop, pastStop),
  };
}

/** The stretches that a leg runs over, as rows, and where each ends on it. */
function stretchesBetween(endM: Float64Array, fromM: number, toM: number) {
  const first = indexOr(endM, (atM) => atM > fromM);
  const past = indexOr(endM, (atM) => atM >= toM) + 1;
  const ends = endM.subarray(first, past).map((atM) => Math.min(atM, toM) - fromM);
  return { first, past, endM: ends };
}

/** Index of the first value that passes, or the number of values. */
function indexOr(values: Float64Array, passes: (value: number) => boolean): number {
  const index = values.findIndex(passes);
  return index < 0 ? values.length : index;
}

function profileBetween(profile: CourseProfile, fromM: number, toM: number): CourseProfile {
  const { distanceM, elevationM, gradeRatio } = profile;
  const lastSegment = gradeRatio.length - 1;
  const first = Math.min(lastSegment, indexOr(distanceM, (atM) => atM > fromM) - 1);
  const last = Math.max(first, Math.min(lastSegment, indexOr(distanceM, (atM) => atM >= toM) - 1));
  const cut = (column: Float64Array, start: number, end: number): Float64Array => {
    const part = new Float64Array(last - first + 2);
    part[0] = start;
    part.set(column.subarray(first + 1, last + 1), 1);
    part[part.length - 1] = end;
    return part;
  };
  return {
    distanceM: cut(distanceM, fromM, toM).map((atM) => atM - fromM),
    elevationM: cut(
      elevationM,
      heightWithin(profile, first, fromM),
      heightWithin(profile, last, toM),
    ),
    gradeRatio: gradeRatio.subarray(first, last + 1),
  };
}

/** Height at a place of a segment, m; what lies beyond a point that is met exactly does not matter. */
function heightWithin(
  { distanceM, elevationM }: CourseProfile,
  segment: number,
  atM: number,
): number {
  const [beginsM, endsM] = [distanceM[segment]!, distanceM[segment + 1]!];
  if (atM <= beginsM) return elevationM[segment]!;
  if (atM >= endsM) return elevationM[segment + 1]!;
  const share = (atM - beginsM) / (endsM - beginsM);
  return elevationM[segment]! + (elevationM[segment + 1]! - elevationM[segment]!) * share;
}
