/** A walk over a surface. */
export interface SurfacePath {
  readonly name: string
  /** [x, y], from the start on. */
  readonly points: readonly (readonly [number, number])[]
}

/** A surface with walks over it. */
export interface SurfacePanel {
  readonly title: string
  /** What part of the plane is shown. */
  readonly x: readonly [number, number]
  readonly y: readonly [number, number]
  /** `[rows][columns]`, evenly over that part with both ends, rows from the lowest y up. */
  readonly heights: readonly (readonly number[])[]
  readonly minimum?: readonly [number, number]
  readonly paths: readonly SurfacePath[]
}
