// On every page: nothing yet that a page needs to be read.
export {};
