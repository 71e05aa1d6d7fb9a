// The address of a page as a part of its own. A page that has been left meanwhile must not write over that of the one on show.

/** @param {Component<PageAddress>} component */
export default ({ data }) => {
  if (location.pathname.endsWith(`/${data.page}`)) writeAddress(data.query);
};
