// Where an authorization response arrives: the page that asked for it, in which this is a frame, is told where that is.
addEventListener('load', () => parent.postMessage({ arrived: location.href }, location.origin));
