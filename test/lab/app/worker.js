importScripts('/courier.js');
