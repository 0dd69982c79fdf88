declare module "virtual:examples" {
  /** The programs of the gallery, put in by the build. */
  export const examples: readonly import("./dialogs.js").Example[];
}
