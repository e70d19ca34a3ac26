import { RESULT_FOLDER } from "../../plan/workspace-file.js";

export const RESULT_TEMPLATE = "awspipe://result/{id}";
export const PAGE_TEMPLATE = "awspipe://result/{id}/{page}";

/** The URI of a kept result, or of one of its pages, which are counted from 1. */
export const resultUri = (id: string, page?: number): string =>
  `awspipe://result/${id}${page === undefined ? "" : `/${page}`}`;

/** The result's name in a command. */
export const resultName = (id: string): string => `${RESULT_FOLDER}/${id}`;
