// No fetch listener: this worker makes requests of its own and leaves the page's alone.
importScripts('/courier.js');
